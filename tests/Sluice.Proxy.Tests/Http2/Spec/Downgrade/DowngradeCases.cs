namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>The table: every malformed, ambiguous or just odd message of HTTP/2 whose verdict is fixed.</summary>
internal static class DowngradeCases
{
    private static readonly Dictionary<string, DowngradeCase> ByName = new[]
    {
        MethodCases.All,
        SchemeCases.All,
        PathCases.All,
        AuthorityCases.All,
        PseudoFieldCases.All,
        FieldCases.All,
        ConnectionFieldCases.All,
        LengthCases.All,
        BodyCases.All,
        TrailerCases.All,
        CookieCases.All,
        TunnelCases.All,
        LimitCases.All,
    }.SelectMany(cases => cases).ToDictionary(oddity => oddity.Name);

    public static IReadOnlyCollection<DowngradeCase> All => ByName.Values;

    /// <summary>For theories, whose data must be public and printable.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    public static DowngradeCase Get(string name) => ByName[name];
}
