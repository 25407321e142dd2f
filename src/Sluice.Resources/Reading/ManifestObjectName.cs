namespace Sluice.Resources.Reading;

/// <summary>Which object a manifest means.</summary>
public readonly record struct ManifestObjectName(string Kind, NamespacedName Name)
{
    public override string ToString() => $"{Kind} {Name}";
}
