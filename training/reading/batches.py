"""Examples as token batches of about equal length, with the tokens where their answers begin and end (0: not in the context; -100: a verdict is asked for)."""
import random, torch

LONGEST = 320
TOKENS = 2048


class Maker:
    def __init__(self, tokenizer, longest=LONGEST):
        self.tokenizer, self.longest = tokenizer, longest

    def encoded(self, examples):
        """Token ids, offsets, which tokens are of the context, the answer's first and last token of each example, and its verdict."""
        tokens = self.tokenizer([x["question"] for x in examples], [x["context"] for x in examples],
                                truncation="only_second", max_length=self.longest, return_offsets_mapping=True)
        rows = []
        for i, example in enumerate(examples):
            first = last = 0
            verdict = example.get("verdict", -100)
            sides = tokens.sequence_ids(i)
            if example["start"] is not None:
                a, b = example["start"], example["start"] + len(example["answer"])
                for j, (u, v) in enumerate(tokens["offset_mapping"][i]):
                    if sides[j] == 1 and v > u:
                        if u <= a < v:
                            first = j
                        if u < b <= v:
                            last = j
            if first == 0 or last < first:
                first = last = 0
            if verdict >= 0:
                first = last = -100
            rows.append((tokens["input_ids"][i], tokens["token_type_ids"][i], first, last, verdict))
        return rows

    def batches(self, draw, count=24):
        """Batches from `count` batches' worth of drawn examples, alike in length; in random order."""
        examples = [draw() for _ in range(count * 24)]
        rows = sorted(self.encoded(examples), key=lambda row: len(row[0]))
        batches, batch = [], []
        for row in rows:
            if batch and (len(batch) + 1) * len(row[0]) > TOKENS:
                batches.append(batch)
                batch = []
            batch.append(row)
        batches.append(batch)
        random.shuffle(batches)
        for own in batches:
            width = max(len(row[0]) for row in own)
            ids = torch.zeros(len(own), width, dtype=torch.long)
            types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
            for i, (tokens, kinds, *_) in enumerate(own):
                ids[i, : len(tokens)] = torch.tensor(tokens)
                types[i, : len(kinds)] = torch.tensor(kinds)
                mask[i, : len(tokens)] = 1
            yield ids, types, mask, *(torch.tensor([row[at] for row in own]) for at in (2, 3, 4))
