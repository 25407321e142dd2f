namespace Sluice.Conformance.Traffic;

/// <summary>Header fields by name without regard to case; several lines of one name are one value, joined by "," without space.</summary>
internal sealed class FieldList
{
    private readonly Dictionary<string, List<string>> _lines = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, string value)
    {
        if (!_lines.TryGetValue(name, out var lines))
            _lines.Add(name, lines = []);
        lines.Add(value);
    }

    /// <summary>Null when there is no such field.</summary>
    public string? this[string name] => _lines.TryGetValue(name, out var lines) ? string.Join(',', lines) : null;

    public int LinesOf(string name) => _lines.TryGetValue(name, out var lines) ? lines.Count : 0;
}
