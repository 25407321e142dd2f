namespace Sluice.Translation.Gateways;

/// <summary>spec.tls.frontend of a Gateway, resolved: the default, and the ports that have their own.</summary>
internal sealed record FrontendVerdicts(FrontendVerdict Default, IReadOnlyDictionary<int, FrontendVerdict> PerPort)
{
    public static FrontendVerdicts None { get; } = new(FrontendVerdict.None, new Dictionary<int, FrontendVerdict>());

    /// <param name="port">As the listener states it.</param>
    public FrontendVerdict For(int port) => PerPort.GetValueOrDefault(port, Default);

    public bool IsSame(FrontendVerdicts other) =>
        Default.IsSame(other.Default)
        && PerPort.Count == other.PerPort.Count
        && PerPort.All(pair => other.PerPort.TryGetValue(pair.Key, out var verdict) && pair.Value.IsSame(verdict));
}
