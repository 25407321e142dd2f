using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>What is known of one claimed Gateway beside its listeners.</summary>
internal sealed record GatewayEvaluation
{
    public required Gateway Gateway { get; init; }

    /// <summary>The controllerName that route statuses carry.</summary>
    public required string ControllerName { get; init; }

    public required GatewayAddressing Addressing { get; init; }

    /// <summary>Why the Gateway itself is not accepted, whatever its listeners; or null.</summary>
    public required Finding? Refused { get; init; }

    /// <summary>What is asked of clients (spec.tls.frontend), also of those of ListenerSets.</summary>
    public required FrontendVerdicts Frontend { get; init; }

    /// <summary>Which listeners expect a PROXY protocol header.</summary>
    public required ProxyProtocolSettings ProxyProtocol { get; init; }

    /// <summary>What is told of its requests.</summary>
    public required TelemetryAnnotations Telemetry { get; init; }

    /// <summary>What is shown to backends that ask for a certificate (spec.tls.backend.clientCertificateRef); null when there is none or it does not resolve.</summary>
    public TlsCertificate? BackendClientCertificate { get; init; }

    /// <summary>ResolvedRefs=False of the Gateway and why, or null.</summary>
    public Finding? Unresolved { get; init; }

    /// <summary>Of the Gateway beside its listeners.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>When what is said of the client certificate changes by time alone.</summary>
    public DateTimeOffset? ChangesAt { get; init; }

    /// <summary>Why no listener can be programmed although it may be accepted; or null.</summary>
    public Finding? Obstacle
    {
        get
        {
            if (Refused is not null)
                return new Finding(Reason.Invalid, "the Gateway is not accepted");
            return Addressing.Bind.Count == 0 ? new Finding(Reason.Invalid, "the Gateway has no address") : null;
        }
    }
}
