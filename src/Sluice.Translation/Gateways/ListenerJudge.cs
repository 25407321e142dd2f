using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.Statuses;
using ListenerTls = Sluice.Configuration.ListenerTls;

namespace Sluice.Translation.Gateways;

/// <summary>Evaluates one listener by itself: what others on its port mean for it, <see cref="ListenerConflicts"/> says.</summary>
/// <param name="options">For the port offset.</param>
/// <param name="certificates">Resolves certificateRefs.</param>
internal sealed class ListenerJudge(TranslatorOptions options, CertificateJudge certificates)
{
    private const int HighestPort = 65535;
    private const int MostNames = 8;
    private static readonly Finding NoCertificate = new(Reason.Invalid, "there is no certificate that can be used: see ResolvedRefs");

    /// <param name="owner">The Gateway or ListenerSet.</param>
    /// <param name="listener">One of its listeners.</param>
    /// <param name="frontend">What is asked of the clients of its port.</param>
    /// <param name="proxyProtocol">What comes in front of its connections; null for nothing.</param>
    /// <param name="previous">Parts of equal content are taken from there; null for none.</param>
    public ListenerEvaluation Judge(KubernetesObject owner, GatewayListener listener, FrontendVerdict frontend, ProxyProtocolAcceptance? proxyProtocol, ListenerEvaluation? previous)
    {
        var protocol = ListenerProtocols.Served(listener.Protocol);
        var bindPort = listener.Port + options.PortOffset;
        var evaluation = new ListenerEvaluation
        {
            Spec = listener,
            Hostname = (listener.Hostname ?? "").ToLowerInvariant(),
            Protocol = protocol,
            BindPort = bindPort,
            Refused = Refuse(listener, protocol, bindPort),
            Unresolved = null,
            SupportedKinds = [],
            ProxyProtocol = proxyProtocol,
        };
        if (protocol is null)
            return evaluation;
        if (protocol is ListenerProtocol.Https or ListenerProtocol.Tls)
            evaluation = JudgeTls(evaluation, owner, frontend, previous?.Tls);
        var kinds = SupportedKinds(listener, protocol.Value, out var invalidKinds);
        return evaluation with
        {
            Unresolved = Finding.Join(evaluation.Unresolved, invalidKinds),
            SupportedKinds = evaluation.Refused is null ? kinds : [],
        };
    }

    private Finding? Refuse(GatewayListener listener, ListenerProtocol? protocol, int bindPort)
    {
        if (protocol is null)
            return new Finding(Reason.UnsupportedProtocol, $"protocol \"{listener.Protocol}\" is not known; served are HTTP, HTTPS, TLS, TCP and UDP");
        if (bindPort > HighestPort)
            return new Finding(Reason.PortUnavailable, $"port {listener.Port} with the port offset {options.PortOffset} is {bindPort}, above {HighestPort}");
        return protocol == ListenerProtocol.Https && listener.Tls is { Mode: not "Terminate" }
            ? new Finding(Reason.UnsupportedValue, "tls.mode: must be Terminate for the protocol HTTPS; use the protocol TLS to pass TLS through")
            : null;
    }

    private ListenerEvaluation JudgeTls(ListenerEvaluation evaluation, KubernetesObject owner, FrontendVerdict frontend, ListenerTls? previous)
    {
        var spec = evaluation.Spec.Tls;
        if (spec?.Mode == "Passthrough")
        {
            var unused = spec.Options.Count == 0 ? (IReadOnlyList<Remark>)[] : [new Remark(null, "tls.options: have no effect with mode Passthrough", IsWarning: true)];
            return evaluation with { Tls = previous is { Mode: TlsMode.Passthrough } ? previous : new ListenerTls { Mode = TlsMode.Passthrough }, Remarks = unused };
        }

        var verdict = certificates.Judge(owner, spec?.CertificateRefs ?? []);
        var tls = TlsOptions.Parse(spec?.Options ?? ObjectMeta.EmptyMap, evaluation.Protocol!.Value);
        var refused = evaluation.Refused ?? tls.Refused ?? frontend.Refused;
        var settings = new ListenerTls
        {
            Mode = TlsMode.Terminate,
            Certificates = verdict.Certificates,
            MinimumVersion = tls.MinimumVersion,
            MaximumVersion = tls.MaximumVersion,
            CipherSuites = tls.CipherSuites,
            Curves = tls.Curves,
            AlpnProtocols = tls.AlpnProtocols,
            ClientValidation = frontend.Validation,
        };
        return evaluation with
        {
            Refused = refused,
            Unresolved = Finding.Join(verdict.Unresolved, frontend.Unresolved),
            Unusable = verdict.Certificates.Count == 0 ? NoCertificate : null,
            Tls = TlsEquality.Keep(previous, settings),
            Remarks = [.. verdict.Remarks, .. NamesRemark(evaluation.Hostname, verdict), .. tls.Remarks],
            ChangesAt = verdict.ChangesAt,
        };
    }

    private static IEnumerable<Remark> NamesRemark(string hostname, CertificateVerdict verdict)
    {
        if (hostname.Length > 0 && verdict.Certificates.Count > 0 && !CertificateNames.Cover(verdict.Names, hostname))
            yield return new Remark(null, $"tls.certificateRefs: no certificate is for hostname \"{hostname}\", so that clients will refuse it; {(verdict.Names.Count == 0 ? "there is none with a DNS name" : $"there are {string.Join(", ", verdict.Names.Take(MostNames))}")}", IsWarning: true);
    }

    private static IReadOnlyList<RouteGroupKind> SupportedKinds(GatewayListener listener, ListenerProtocol protocol, out Finding? invalid)
    {
        var supported = ListenerProtocols.Kinds(protocol);
        var asked = listener.AllowedRoutes.Kinds;
        invalid = null;
        if (asked.Count == 0)
            return supported;
        var unknown = asked.Where(kind => !supported.Contains(kind)).ToList();
        if (unknown.Count == 0)
            return [.. asked.Distinct()];
        invalid = new Finding(
            Reason.InvalidRouteKinds,
            $"allowedRoutes.kinds: {string.Join(", ", unknown.Select(kind => kind.Kind))} cannot attach to a listener of protocol {listener.Protocol}; supported is {string.Join(", ", supported.Select(kind => kind.Kind))}");
        return [.. asked.Where(supported.Contains).Distinct()];
    }
}
