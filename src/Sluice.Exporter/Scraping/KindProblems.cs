using Sluice.Exporter.Families;

namespace Sluice.Exporter.Scraping;

/// <summary>Reports what goes wrong with kinds once, and when it is over.</summary>
/// <param name="report">Takes lines for people. Must not throw.</param>
internal sealed class KindProblems(Action<string> report)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StateKind, string> _known = [];

    public void Observe(IReadOnlyList<KindObjects> kinds)
    {
        lock (_lock)
        {
            foreach (var news in kinds.Where(kind => kind.Problem is not null && _known.GetValueOrDefault(kind.Kind) != kind.Problem).GroupBy(kind => kind.Problem!, StringComparer.Ordinal))
                report($"{Names(news)}: {news.Key}");
            if (kinds.Where(kind => kind.Problem is null && _known.ContainsKey(kind.Kind)).ToArray() is { Length: > 0 } mended)
                report($"{Names(mended)}: read again");
            foreach (var kind in kinds)
            {
                if (kind.Problem is { } problem)
                    _known[kind.Kind] = problem;
                else
                    _known.Remove(kind.Kind);
            }
        }
    }

    private static string Names(IEnumerable<KindObjects> kinds) => string.Join(", ", kinds.Select(kind => kind.Kind.Kind));
}
