"""Compares the medians with the goals and writes both down as Markdown."""

MIB_LIMIT, GROWTH_LIMIT = 64, 8


class Goals:
    """The table of goals as it fills."""

    def __init__(self, results):
        self.results, self.rows = results, []

    def ratio(self, number, title, limit, top, bottom):
        """A quotient that must not exceed its limit; values that are absent leave it unmeasured."""
        known = top is not None and bottom not in (None, 0)
        self.add(number, title, limit, top / bottom if known else None, "×")

    def add(self, number, title, limit, value, unit):
        """One row with its verdict."""
        verdict = "not measured" if value is None else "met" if value <= limit else "**not met**"
        shown = "–" if value is None else f"{value:.2f} {unit}"
        self.rows.append((number, title, f"≤ {limit} {unit}", shown, verdict))

    def cost(self, corpus, job, what="cpu"):
        """A median."""
        return self.results.median(corpus, job, what)


def judged(results, sizes, small, wide):
    """Every goal that this run measures, as rows; small corpora give figures but no verdicts."""
    goals = Goals(results)
    audit_goals(goals, 0.35 if wide else 1.05)
    package_goals(goals)
    memory_goals(goals, sizes)
    growth_goals(goals, sizes)
    retrieval_goals(goals)
    version = goals.cost("start", "luutru --version", "wall")
    empty = goals.cost("start", "empty C program", "wall")
    goals.ratio(13, "start-up: wall of `--version` / empty C program", 1.6, version, empty)
    return [(*row[:-1], "–") for row in goals.rows] if small else goals.rows


def audit_goals(goals, limit):
    """Goals 1 to 3; the limit of the first depends on the machine's vectors."""
    audit = goals.cost("papers", "luutru audit run")
    digests = goals.cost("papers", "openssl sha512 of tars")
    title = "papers: cpu of `audit run` / `openssl dgst -sha512` of tars"
    goals.ratio(1, title, limit, audit, digests)
    bags = goals.cost("papers", "bagit validate")
    goals.ratio(2, "papers: cpu of `audit run` / bagit validate", 0.25, audit, bags)
    borg = goals.cost("papers", "borg check --verify-data")
    title = "papers: cpu of `audit run` / borg check --verify-data"
    goals.ratio(2, title, 0.25, audit, borg)
    two = goals.cost("papers", "luutru audit run", "wall")
    one = goals.cost("papers", "luutru audit run, one core", "wall")
    goals.ratio(3, "papers: wall of `audit run` / the same on one core", 0.55, two, one)


def package_goals(goals):
    """Goals 4 and 5."""
    ours = goals.cost("papers", "luutru package")
    digests = goals.cost("papers", "openssl sha256 of files")
    bags = goals.cost("papers", "bagit both + tar")
    goals.ratio(
        4, "papers: cpu of `package` / `openssl dgst -sha256`, one stream", 2.8, ours, digests
    )
    goals.ratio(4, "the same with lanes", 1.2, ours, digests)
    goals.ratio(4, "papers: cpu of `package` / bagit both + tar, with lanes", 0.6, ours, bags)
    plain = goals.cost("papers", "luutru package, no SHA-NI")
    digests = goals.cost("papers", "openssl sha256 of files, no SHA-NI")
    title = "the first without the processor's SHA-256, as it was set: one stream"
    goals.ratio(4, title, 2.8, plain, digests)
    goals.ratio(4, "the same with lanes", 1.2, plain, digests)
    ours = goals.cost("tiny", "luutru package")
    bags = goals.cost("tiny", "bagit both + tar")
    goals.ratio(5, "tiny files: cpu of `package` / bagit both + tar", 0.6, ours, bags)
    title = "tiny files: `package` less digests and tar (METS + PREMIS, estimate) / metsrw"
    goals.ratio(5, title, 0.3, xml_estimate(goals), goals.cost("tiny", "metsrw"))


def xml_estimate(goals):
    """What `package` takes beyond SHA-256 of files, SHA-512 of tar and of segments, and tar."""
    whole = goals.cost("tiny", "luutru package")
    parts = [goals.cost("tiny", "openssl sha256 of files"), goals.cost("tiny", "tar")]
    parts += [goals.cost("tiny", "openssl sha512 of tars")] * 2
    if whole is None or None in parts:
        return None
    return max(0.0, whole - sum(parts))


def memory_goals(goals, sizes):
    """Goal 6."""
    for job in ("luutru package", "luutru verify", "luutru audit run"):
        peaks = [goals.cost(corpus, job, "memory") for corpus in sizes]
        known = [peak for peak in peaks if peak is not None]
        peak = max(known) if len(known) == len(peaks) else None
        goals.add(6, f"peak memory of `{job}` in every corpus", MIB_LIMIT, peak, "MiB")
        small = goals.cost("huge-small", job, "memory")
        large = goals.cost("huge", job, "memory")
        growth = None if None in (small, large) else max(0.0, large - small)
        goals.add(6, f"its growth from small to huge, `{job}`", GROWTH_LIMIT, growth, "MiB")


def per_unit(goals, corpus, job, count):
    """Cpu for one unit."""
    cpu = goals.cost(corpus, job)
    return None if cpu is None else cpu / count


def growth_goals(goals, sizes):
    """Goal 7 in one dossier; 100,000 of them are measured by `make bench-amount`."""
    for job in ("luutru package", "luutru verify", "luutru audit run"):
        large = per_unit(goals, "huge", job, sizes["huge"]["bytes"])
        small = per_unit(goals, "huge-small", job, sizes["huge-small"]["bytes"])
        goals.ratio(7, f"cpu a GiB of `{job}`, huge / small", 1.15, large, small)
    large = per_unit(goals, "tiny", "luutru package", sizes["tiny"]["files"])
    small = per_unit(goals, "tiny-small", "luutru package", sizes["tiny-small"]["files"])
    goals.ratio(
        7, "cpu a file of `package`, all tiny files / a quarter of them", 1.10, large, small
    )


def retrieval_goals(goals):
    """Goal 8."""
    for corpus in ("huge", "tiny"):
        whole = goals.cost(corpus, "luutru get", "wall")
        start = goals.cost(corpus, "luutru --version", "wall")
        extra = None if None in (whole, start) else max(0.0, whole - start)
        cat = goals.cost(corpus, "cat of the document", "wall")
        goals.ratio(8, f"{corpus}: wall of `get` less `--version` / cat", 6, extra, cat)
        borg = goals.cost(corpus, "borg extract", "wall")
        goals.ratio(8, f"{corpus}: wall of `get` / borg extract", 0.1, whole, borg)


def table(head, rows):
    """A Markdown table."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [head, *rows]]
    lines.insert(1, "|" + "---|" * len(head))
    return "\n".join(lines) + "\n"


def cost_table(results):
    """Every job's medians, or why it has none."""
    rows = []
    for corpus, job in sorted({*results.costs, *results.failures}):
        if (corpus, job) in results.failures:
            why = results.failures[corpus, job].replace("|", "/").replace("\n", " ")
            rows.append((corpus, job, "–", "–", "–", why))
            continue
        values = [results.median(corpus, job, what) for what in ("cpu", "wall", "memory")]
        count = len(results.costs[corpus, job])
        shown = [f"{values[0]:.3f}", f"{values[1]:.3f}", f"{values[2]:.0f}"]
        rows.append((corpus, job, *shown, f"{count} runs"))
    return table(("corpus", "job", "cpu s", "wall s", "peak MiB", ""), rows)
