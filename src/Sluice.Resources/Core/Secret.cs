namespace Sluice.Resources.Core;

public sealed record Secret : KubernetesObject
{
    public override string Kind => "Secret";

    public string Type { get; init; } = "Opaque";

    /// <summary>Decoded values. Never to be logged, dumped or counted.</summary>
    public IReadOnlyDictionary<string, byte[]> Data { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Leaves the values out.</summary>
    public override string ToString() => $"Secret {Key} ({Type}, {Data.Count} keys)";
}
