namespace Sluice.Resources.Tests.Schemas;

/// <summary>
/// Where our schemas are meant to differ from the CRDs of the Gateway API's release. Paths are those of the standard channel,
/// with experimental fields added; "*" stands for any beginning.
/// </summary>
internal static class CrdDifferences
{
    /// <summary>Facts that only we have, with the reason.</summary>
    public static readonly (string Fact, string Reason)[] Ours =
    [
        ("*.sessionPersistence.idleTimeout: type string", "GEP-1619 has it, and sessions follow it; the CRDs leave it out"),
        ("*.sessionPersistence.idleTimeout: pattern ^([0-9]{1,5}(h|m|s|ms)){1,4}$", "the same"),
        ("*.filters[].type: enum CORS ExtensionRef ExternalAuth RequestHeaderModifier RequestMirror RequestRedirect ResponseHeaderModifier URLRewrite", "ExternalAuth is experimental, and known"),
    ];

    /// <summary>Facts that only the CRDs have, with the reason.</summary>
    public static readonly (string Fact, string Reason)[] Theirs =
    [
        ("*.filters[].type: enum CORS ExtensionRef RequestHeaderModifier RequestMirror RequestRedirect ResponseHeaderModifier URLRewrite", "ExternalAuth is experimental, and known"),
    ];

    public static bool Covers((string Fact, string Reason)[] table, string fact) => table.Any(one =>
        one.Fact[0] == '*' ? fact.EndsWith(one.Fact[1..], StringComparison.Ordinal) : fact == one.Fact);
}
