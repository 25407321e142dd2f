namespace Sluice.Resources.Reading;

/// <summary>The findings of one file, bounded: errors by themselves, so that warnings never push one out.</summary>
internal sealed class FindingList(string path, int max)
{
    private readonly List<ManifestDiagnostic> _items = [];
    private int _errors;
    private int _leftOut;

    public int Count => _items.Count;

    public bool IsIncomplete => _leftOut > 0;

    public void Add(ManifestDiagnostic finding)
    {
        var isError = finding.Severity == ManifestSeverity.Error;
        if ((isError ? _errors : _items.Count - _errors) >= max)
        {
            _leftOut++;
            return;
        }

        if (isError)
            _errors++;
        _items.Add(finding);
    }

    public ManifestDiagnostic[] ToArray() => _leftOut == 0
        ? [.. _items]
        : [.. _items, new ManifestDiagnostic(ManifestSeverity.Info, path, 0, 0, $"{Describe.Count(_leftOut, "more finding", "more findings")} left out")];
}
