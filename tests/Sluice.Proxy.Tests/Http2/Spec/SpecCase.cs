using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>One requirement: what a client sends, and what must come back.</summary>
/// <param name="Key">Group and section as h2spec numbers them: "generic/3.1", "http2/6.5.2" (sections of RFC 7540), "hpack/5.2".</param>
/// <param name="Sentence">What the client does, in words.</param>
/// <param name="Steps">What the client does, in order; most of it leaves with one send.</param>
/// <param name="Outcome">What must come back.</param>
internal sealed record SpecCase(string Key, string Sentence, SpecStep[] Steps, SpecOutcome Outcome)
{
    public string Name => $"{Key}: {Sentence}";

    /// <summary>Parameters of the client's first SETTINGS.</summary>
    public (SettingId Id, uint Value)[] Settings { get; init; } = [];

    /// <summary>The case is about the connection's first bytes: no prefaces are exchanged before it.</summary>
    public bool WithoutHandshake { get; init; }

    /// <summary>Where RFC 9113 asks for something else than RFC 7540 did.</summary>
    public string? Since9113 { get; init; }
}
