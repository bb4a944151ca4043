"""python make_guide.py EXAMPLES   sets EXAMPLES/documents/guide.pdf, two pages, from the words below"""
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=28, spaceAfter=8)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=13, leading=18, spaceBefore=8, spaceAfter=3)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15.5, spaceAfter=5)

PAGES = [
    ("Visitor Guide to Gull Harbour Museum", [
        ("Opening hours", [
            "The museum is open from Tuesday to Sunday, from ten in the morning until five in the afternoon. It is closed on Mondays, on New Year's Day and on the day of the boat race.",
        ]),
        ("Tickets", [
            "A ticket costs eight pounds. Children under twelve come in free. A ticket for the ferry to Green Island costs six pounds and is sold on the quay. The photograph room charges two pounds for each print.",
        ]),
        ("Towers and steps", [
            "Two towers may be climbed. Visitors climb 96 steps to the lantern room. There is no lift, and the stair is narrow. The lighthouse at the end of the north pier has 118 steps and is open only in July. The bell tower of the chapel is closed.",
            "Bags must be left in the ticket office. Small children should be carried on the back and not on the shoulders, because the doors are low.",
        ]),
        ("Guided walks", [
            "A walk along the quay starts each day at eleven. It takes one hour and ends at the Rope Café. On Thursdays the walk is led by Martha Cooper the younger, who tells of the nets and the people who made them. A walk by torch light is held on the last Friday of October.",
        ]),
        ("Getting there", [
            "The station is ten minutes from the quay on foot. Trains come from Kingsbridge every hour. Cars are not allowed in Rope Street. There are places for bicycles behind the fish market.",
        ]),
    ]),
    ("A Short History", [
        ("The customs house", [
            "The customs house was finished in 1821. Goods from abroad were weighed and taxed on its ground floor until 1922. For four years the building stood empty and was used by children as a place to hide.",
        ]),
        ("The museum", [
            "Gull Harbour Museum was opened on 5 June 1926. It began with two rooms, a borrowed table and a collection of knots. The first curator was Edith Lane, who was paid in coal. The music room was added in 1955 and the photograph room in 1971.",
        ]),
        ("The harbour masters", [
            "The harbour master decided who might enter the harbour and where each ship should lie. William Stone was harbour master from 1898 to 1919. Robert Hall was harbour master from 1919 to 1938, and he lived in the rooms above the ticket office. Joan Price was the last harbour master, and she retired in 1974.",
        ]),
        ("The piers", [
            "The south steps are older than any map of the town. The first north pier was made of timber and was often mended. The new north pier was opened on 3 May 1897. It is made of stone from Oakford, and its wall is wide enough for two carts.",
        ]),
        ("The lifeboats", [
            "The lifeboat Hope came to the town in 1888 and served for twenty years. The lifeboat Courage came in 1908 and had a motor. Both were pulled to the water by horses, and the horses were said to know the sound of the alarm.",
        ]),
    ]),
]

story = []
for number, (title, parts) in enumerate(PAGES):
    if number:
        story.append(PageBreak())
    story.append(Paragraph(title, TITLE))
    for head, paragraphs in parts:
        story.append(Paragraph(head, HEAD))
        story.extend(Paragraph(text, BODY) for text in paragraphs)
SimpleDocTemplate(
    str(Path(sys.argv[1]) / "documents" / "guide.pdf"), pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, topMargin=22 * mm, bottomMargin=22 * mm,
    title="Visitor Guide to Gull Harbour Museum", author="Gull Harbour Museum (invented)", invariant=1,
).build(story)
