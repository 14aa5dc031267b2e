"""Figures as pages say them."""


def figure(value, unit):
    if value is None:
        return "\u2013"
    if unit == "ratio":
        return f"{100 * value:.1f} %"
    return f"{value:.1f} d" if unit == "days" else f"{value:.0f}"


def hit(metric):
    return metric.get("converted", metric.get("opened"))


def rests(metric):
    """"32 of 71", "n 34"; nothing of a count."""
    if hit(metric) is not None:
        return f"{hit(metric)} of {metric['n']}"
    return f"n {metric['n']}" if metric["unit"] == "days" else ""


def interval(metric):
    if metric.get("low") is None:
        return ""
    return f"{100 * metric['low']:.1f} to {figure(metric['high'], 'ratio')}"


def slices(name):
    return {"new": "New business", "existing": "Existing business", "all": "All deals"}.get(name, name)
