namespace Sluice.Conformance.Data;

/// <summary>One request and what is expected of its answer.</summary>
internal sealed record CaseData
{
    public RequestData Request { get; init; } = new();

    public ExpectData Expect { get; init; } = new();

    public string? Subtest { get; init; }

    /// <summary>Names of the Gateways that the case is sent to; absent for the test's one.</summary>
    public IReadOnlyList<string>? AppliesTo { get; init; }
}
