using Sluice.Conformance.Data;

namespace Sluice.Conformance;

/// <summary>Refuses cases with demands that no client or check of this runner honours: they must not pass by being overlooked.</summary>
internal static class CaseSupport
{
    /// <exception cref="ConformanceException">The case asks for something that is not there.</exception>
    public static void Check(CaseData item)
    {
        var (request, expect) = (item.Request, item.Expect);
        var isHttp = request.Protocol is null or Protocols.Http2PriorKnowledge or Protocols.Http2OverTls;
        var isLine = request.Protocol is Protocols.Tcp or Protocols.TcpOverTls;
        var isDatagram = request.Protocol is Protocols.Udp;
        var isTls = request.Scheme is "https" || request.Protocol is Protocols.TcpOverTls or Protocols.Handshake;
        Refuse("followRedirects", request.FollowRedirects);
        Refuse($"protocol {request.Protocol}", !isHttp && !isLine && !isDatagram && request.Protocol is not Protocols.Handshake);
        Refuse($"scheme {request.Scheme}", request.Scheme is not (null or "http" or "https") || (request.Scheme is not null && !isHttp));
        Refuse("sni without TLS, or TLS without", isTls != request.Sni is not null);
        Refuse("clientCert or verifyCA without TLS", (request.ClientCert ?? request.VerifyCA) is not null && !isTls);
        Refuse("protocol H2 (ALPN) without TLS", request.Protocol is Protocols.Http2OverTls && !isTls);
        Refuse("command", request.Command is not (null or "TEST") || (request.Command is not null && !isLine));
        Refuse("payload", request.Payload is not null && !isDatagram);
        Refuse("connections", request.Connections is not null && !isLine);
        Refuse("datagrams", request.Datagrams is not null && !isDatagram);
        Refuse("nothing expected", isHttp && expect is { Status: null, GrpcStatus: null, TransportError: false });
        Refuse("transportError", expect.TransportError && (!isTls || !isHttp));
        Refuse("connectionRejected", expect.ConnectionRejected is not null != (request.Protocol is Protocols.Handshake));
        Refuse("clientCertMustBeRequested", expect.ClientCertMustBeRequested && (!isTls || !isHttp));
        Refuse("welcomeLine, isTLS or backendSNI", expect is not { WelcomeLine: null, IsTLS: null, BackendIsTLS: null, BackendSNI: null } && !isLine);
        Refuse("anyDNSResponse", expect.AnyDNSResponse && !isDatagram);
        Refuse("json.service", (expect.JsonService ?? expect.JsonNamespace) is not null && !isDatagram);
        Refuse("never", expect.Never is not null && !isLine && !isDatagram);

        void Refuse(string member, bool isThere)
        {
            if (isThere)
                throw new ConformanceException($"the runner has no client or check for a case with {member}: {TestRun.Name(item)}");
        }
    }
}
