namespace Sluice.Expressions.Cel;

/// <summary>The variables that expressions may use. Immutable; one is shared by many expressions.</summary>
public sealed class CelEnvironment
{
    private readonly Dictionary<string, CelAttribute> _byPath = [];
    private readonly HashSet<string> _groups = [];

    /// <param name="attributes">Paths and types; an attribute's place is its number.</param>
    /// <exception cref="ArgumentException">A path is declared twice, or is a group of another.</exception>
    public CelEnvironment(params IReadOnlyList<(string Path, CelType Type)> attributes)
    {
        var all = new List<CelAttribute>();
        foreach (var (path, type) in attributes)
        {
            all.Add(new CelAttribute(all.Count, path, type));
            _byPath.Add(path, all[^1]);
            for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
                _groups.Add(path[..dot]);
        }
        Attributes = all;
        if (_groups.FirstOrDefault(_byPath.ContainsKey) is { } both)
            throw new ArgumentException($"\"{both}\" is an attribute and a group of attributes", nameof(attributes));
    }

    /// <summary>Without variables.</summary>
    public static CelEnvironment Empty { get; } = new();

    public IReadOnlyList<CelAttribute> Attributes { get; }

    public CelAttribute? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Whether it is the beginning of an attribute's path.</summary>
    internal bool IsGroup(string path) => _groups.Contains(path);

    /// <summary>What may follow a group's path; the first names for "".</summary>
    internal IEnumerable<string> NamesIn(string path) =>
        from attribute in Attributes
        where path.Length == 0 || attribute.Path.StartsWith(path + ".", StringComparison.Ordinal)
        select attribute.Path[(path.Length == 0 ? 0 : path.Length + 1)..].Split('.')[0];
}
