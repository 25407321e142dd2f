namespace Sluice.Controller.RateLimits;

/// <summary>Limits by domain.</summary>
public sealed record LimitConfiguration(IReadOnlyDictionary<string, LimitNode> Domains)
{
    public LimitRule? Find(string domain, IReadOnlyList<(string Key, string Value)> entries) =>
        Domains.TryGetValue(domain, out var root) ? root.Find(entries) : null;
}
