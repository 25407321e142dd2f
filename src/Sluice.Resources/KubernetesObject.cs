namespace Sluice.Resources;

/// <summary>Base of every kind. Immutable: a changed object is a new instance, an unchanged one stays the same instance.</summary>
public abstract record KubernetesObject
{
    private string? _file;
    private int _line;

    public required ObjectMeta Metadata { get; init; }

    /// <summary>
    /// Where the object was read; null when it came from elsewhere. For messages only: when lines before an unchanged object
    /// come or go, the same instance tells its new line.
    /// </summary>
    public SourceLocation? Source
    {
        get => _file is null ? null : new SourceLocation(_file, _line);
        init
        {
            _file = value?.File;
            _line = value?.Line ?? 0;
        }
    }

    /// <summary>The kind, as in manifests: "Gateway".</summary>
    public abstract string Kind { get; }

    public NamespacedName Key => new(Metadata.Namespace, Metadata.Name);

    internal void SetSource(string file, int line)
    {
        _file = file;
        _line = line;
    }
}
