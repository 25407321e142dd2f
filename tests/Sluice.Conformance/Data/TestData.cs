using System.Text.Json.Serialization;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Data;

/// <summary>One test of the suite as the expectations describe it. The texts are kept for people; what runs is the rest.</summary>
internal sealed record TestData
{
    public required string Test { get; init; }

    /// <summary>Relative to the folder of the data, in the order in which they are applied.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string> Manifest { get; init; } = [];

    /// <summary>The first NAMESPACE/NAME in it is the Gateway that is dialled unless the test says otherwise.</summary>
    public string? Gateway { get; init; }

    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Kept in the data for people; which profiles count a test follows from its features (<see cref="Profile"/>).</summary>
    public IReadOnlyDictionary<string, string>? Profiles { get; init; }

    /// <summary>Runs after all serial tests, together with the others of its kind.</summary>
    public bool Parallel { get; init; }

    public bool Provisional { get; init; }

    public string? Mode { get; init; }

    public IReadOnlyList<CaseData> Cases { get; init; } = [];

    public IReadOnlyList<string> Status { get; init; } = [];

    public string? Assertion { get; init; }

    public string? Procedure { get; init; }

    public string? Notes { get; init; }

    /// <summary>The Gateways that <see cref="Gateway"/> names; one without namespace is in the suite's first.</summary>
    [JsonIgnore]
    public IReadOnlyList<ObjectKey> Gateways => Gateway is null ? [] : [.. Gateway.Split([", ", " + "], StringSplitOptions.None).Select(TestRun.GatewayKey)];

    [JsonIgnore]
    public bool IsOfMesh => Mode == "mesh" || Features.Contains("Mesh");
}
