using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>What is expected of an answer.</summary>
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

    /// <summary>One try, and no HTTP answer: the connection or the handshake fails.</summary>
    public bool TransportError { get; init; }

    /// <summary>Words; when they are there the connection must end by FIN or RST before a single byte of a handshake.</summary>
    public string? ConnectionRejected { get; init; }

    public bool ClientCertMustBeRequested { get; init; }

    public string? WelcomeLine { get; init; }

    /// <summary>Whether the backend spoke TLS.</summary>
    public bool? IsTLS { get; init; }

    /// <summary>The same.</summary>
    public bool? BackendIsTLS { get; init; }

    public string? BackendSNI { get; init; }

    /// <summary>A pod whose answer fails the test at once.</summary>
    public string? Never { get; init; }

    public bool AnyDNSResponse { get; init; }

    [JsonPropertyName("json.service")]
    public string? JsonService { get; init; }

    [JsonPropertyName("json.namespace")]
    public string? JsonNamespace { get; init; }
}
