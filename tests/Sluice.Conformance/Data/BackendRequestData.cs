using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>What the backend must have seen.</summary>
internal sealed record BackendRequestData
{
    public string? Path { get; init; }

    public string? Host { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> AbsentHeaders { get; init; } = [];

    [JsonPropertyName("backendTLS_SNI")]
    public string? BackendTlsSni { get; init; }
}
