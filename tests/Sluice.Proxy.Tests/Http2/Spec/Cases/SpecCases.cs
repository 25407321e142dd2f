namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>
/// The 147 requirements that the tool h2spec checks, written anew from RFC 9113, RFC 7540 and RFC 7541. Keys are h2spec's, so that
/// its list can be held against this one. Cases per section:
///
///   generic (44)   1: 1    2: 5    3.1: 3   3.2: 3   3.3: 5   3.4: 1   3.5: 1   3.7: 1   3.8: 1   3.9: 2   3.10: 2   4: 4   5: 15
///   http2 (95)     3.5: 2   4.1: 3   4.2: 3   4.3: 3   5.1: 13   5.1.1: 2   5.1.2: 1   5.3.1: 2   5.4.1: 2   5.5: 2
///                  6.1: 3   6.2: 4   6.3: 2   6.4: 3   6.5: 3   6.5.2: 5   6.5.3: 2   6.7: 4   6.8: 1   6.9: 3   6.9.1: 3   6.9.2: 3
///                  6.10: 6   7: 2   8.1: 1   8.1.2: 1   8.1.2.1: 4   8.1.2.2: 2   8.1.2.3: 7   8.1.2.6: 2   8.2: 1
///   hpack (8)      2.3.3: 2   4.2: 1   5.2: 3   6.1: 1   6.3: 1
/// </summary>
internal static class SpecCases
{
    private static readonly Dictionary<string, SpecCase> ByName = new[]
    {
        GenericFrameCases.All,
        GenericMessageCases.All,
        ConnectionCases.All,
        StreamStateCases.All,
        FrameCases.All,
        SettingsCases.All,
        FlowControlCases.All,
        ContinuationCases.All,
        MessageCases.All,
        HpackCases.All,
    }.SelectMany(cases => cases).ToDictionary(requirement => requirement.Name);

    public static IReadOnlyCollection<SpecCase> All => ByName.Values;

    /// <summary>For theories, whose data must be public and printable.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    public static SpecCase Get(string name) => ByName[name];
}
