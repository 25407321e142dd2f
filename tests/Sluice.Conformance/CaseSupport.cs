using Sluice.Conformance.Data;

namespace Sluice.Conformance;

/// <summary>Refuses cases with demands that no client or check of this runner honours: they must not pass by being overlooked.</summary>
internal static class CaseSupport
{
    public const string Http2PriorKnowledge = "H2C_PRIOR_KNOWLEDGE";

    /// <exception cref="ConformanceException">The case asks for something that is not there.</exception>
    public static void Check(CaseData item)
    {
        var (request, expect) = (item.Request, item.Expect);
        Refuse("scheme", request.Scheme is not (null or "http"));
        Refuse("protocol", request.Protocol is not (null or Http2PriorKnowledge));
        Refuse("sni", request.Sni is not null);
        Refuse("clientCert", request.ClientCert is not null);
        Refuse("verifyCA", request.VerifyCA is not null);
        Refuse("payload", request.Payload is not null);
        Refuse("connections", request.Connections is not null);
        Refuse("datagrams", request.Datagrams is not null);
        Refuse("command", request.Command is not null);
        Refuse("followRedirects", request.FollowRedirects);
        Refuse("status \"failure\"", expect.Status is { IsFailure: true });
        Refuse("neither status nor grpcStatus", expect.Status is null && expect.GrpcStatus is null);
        Refuse("transportError", expect.TransportError is not null);
        Refuse("connectionRejected", expect.ConnectionRejected is not null);
        Refuse("clientCertMustBeRequested", expect.ClientCertMustBeRequested is not null);
        Refuse("welcomeLine", expect.WelcomeLine is not null);
        Refuse("isTLS", expect.IsTLS is not null || expect.BackendIsTLS is not null);
        Refuse("backendSNI", expect.BackendSNI is not null || expect.BackendRequest?.BackendTlsSni is not null);
        Refuse("anyDNSResponse", expect.AnyDNSResponse is not null);
        Refuse("json.service", expect.JsonService is not null || expect.JsonNamespace is not null);
        Refuse("never", expect.Never is not null);

        void Refuse(string member, bool isThere)
        {
            if (isThere)
                throw new ConformanceException($"the runner has no client or check for a case with {member}: {TestRun.Name(item)}");
        }
    }
}
