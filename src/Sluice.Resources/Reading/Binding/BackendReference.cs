namespace Sluice.Resources.Reading.Binding;

/// <summary>BackendObjectReference while it is read.</summary>
internal struct BackendReference
{
    public string? Group;
    public string? Kind;
    public string? Name;
    public string? Namespace;
    public int? Port;

    /// <summary>A port stands there, right or wrong.</summary>
    public bool HasPort;
}
