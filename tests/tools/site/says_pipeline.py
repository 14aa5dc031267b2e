"""The page of the pipeline: the stages in the rules' order, with their counts."""


def check(site):
    page = site.page("/pipeline")
    stages = site.json("stages")["stages"]
    rows = page.sections["stages"][1:]
    site.check("pipeline", len(rows) == len(stages), f"{len(rows)} rows of {len(stages)} stages")
    for row, stage in zip(rows, stages):
        site.check(f"pipeline, {stage['stage']}", row[1:3] == [str(stage["now"]), str(stage["stalled"])], row)
