using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>What is expected of an answer. Members that no check of this runner honours yet are refused when a case with them is run.</summary>
internal sealed record ExpectData
{
    public StatusExpectation? Status { get; init; }

    public string? StatusNote { get; init; }

    /// <summary>The name of the pod that answered begins with it; absent for any pod of the namespace.</summary>
    public string? Backend { get; init; }

    public string? Namespace { get; init; }

    /// <summary>What the backend saw; absent for the request as it was sent.</summary>
    public BackendRequestData? BackendRequest { get; init; }

    public IReadOnlyDictionary<string, string> ResponseHeaders { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ResponseHeadersOneOf { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> AbsentResponseHeaders { get; init; } = [];

    public bool IgnoreWhitespaceInHeaderValues { get; init; }

    /// <summary>The gateway itself answered: the body is not the backend's echo.</summary>
    public bool NotForwardedToBackend { get; init; }

    public RedirectData? Redirect { get; init; }

    /// <summary>"OK(0)", "Unimplemented(12)".</summary>
    public string? GrpcStatus { get; init; }

    public IReadOnlyList<MirrorData> MirroredTo { get; init; } = [];

    /// <summary>Share of the requests by the prefix of the pods' names.</summary>
    public IReadOnlyDictionary<string, double>? Distribution { get; init; }

    public double? ToleranceAbsolute { get; init; }

    public int? MaxAttempts { get; init; }

    /// <summary>Words for what a procedure checks.</summary>
    public string? Invariant { get; init; }

    public string? Note { get; init; }

    public JsonElement? TransportError { get; init; }

    public JsonElement? ConnectionRejected { get; init; }

    public JsonElement? ClientCertMustBeRequested { get; init; }

    public string? WelcomeLine { get; init; }

    public bool? IsTLS { get; init; }

    public bool? BackendIsTLS { get; init; }

    public string? BackendSNI { get; init; }

    public JsonElement? Never { get; init; }

    public JsonElement? AnyDNSResponse { get; init; }

    [JsonPropertyName("json.service")]
    public string? JsonService { get; init; }

    [JsonPropertyName("json.namespace")]
    public string? JsonNamespace { get; init; }
}
