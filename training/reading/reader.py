"""The reader: MiniLM-L6 with the scores of each token as an answer's first and last, and of the whole as yes, no or neither."""
from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering

VERDICTS = 3


class Reader(torch.nn.Module):
    """`spans` is the model of the field's own libraries; `verdict` reads the first token's state, file `verdict.pt` beside it."""

    def __init__(self, folder, **options):
        super().__init__()
        self.spans = AutoModelForQuestionAnswering.from_pretrained(folder, **options)
        width = self.spans.config.hidden_size
        self.verdict = torch.nn.Sequential(torch.nn.Linear(width, width), torch.nn.Tanh(), torch.nn.Linear(width, VERDICTS))
        saved = Path(folder) / "verdict.pt"
        if saved.exists():
            self.verdict.load_state_dict(torch.load(saved, weights_only=True))

    def forward(self, input_ids, attention_mask, token_type_ids):
        """(start, end) scores, each [batch, tokens], and the verdict's [batch, 3]."""
        states = self.spans.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]
        start, end = self.spans.qa_outputs(states).unbind(-1)
        return start, end, self.verdict(states[:, 0])

    def save(self, folder):
        self.spans.save_pretrained(folder)
        torch.save(self.verdict.state_dict(), Path(folder) / "verdict.pt")


def loss(scores, first, last, verdict):
    """Cross-entropy of spans where there is one to find or none (-100: not asked for), and of verdicts."""
    start, end, said = scores
    entropy = torch.nn.functional.cross_entropy
    total = start.new_zeros(())
    if (first >= 0).any():
        total = total + (entropy(start, first, ignore_index=-100) + entropy(end, last, ignore_index=-100)) / 2 * (first >= 0).float().mean()
    if (verdict >= 0).any():
        total = total + entropy(said, verdict, ignore_index=-100) * (verdict >= 0).float().mean()
    return total
