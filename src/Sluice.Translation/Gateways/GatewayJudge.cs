using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Evaluates a claimed Gateway and its listeners.</summary>
internal sealed class GatewayJudge(TranslatorOptions options)
{
    private const int HighestPort = 65535;
    private static readonly GatewayAddressing NoAddresses = new([], []);

    public GatewayEvaluation Judge(Gateway gateway, GatewayClass? gatewayClass, ResourceSnapshot snapshot, GrantIndex grants)
    {
        var conflicts = ListenerConflicts.Find(gateway.Listeners);
        var listeners = new ListenerEvaluation[gateway.Listeners.Count];
        for (var i = 0; i < listeners.Length; i++)
            listeners[i] = Judge(gateway, gateway.Listeners[i], conflicts[i], snapshot, grants);
        var refused = Refuse(gateway, gatewayClass);
        return new GatewayEvaluation
        {
            Gateway = gateway,
            ControllerName = gatewayClass?.ControllerName ?? options.ControllerNames[0],
            Addressing = refused is null ? options.Addresses.Assign(gateway) : NoAddresses,
            Refused = refused,
            Listeners = listeners,
        };
    }

    private static Finding? Refuse(Gateway gateway, GatewayClass? gatewayClass)
    {
        if (gatewayClass is not null && !GatewayClassJudge.Knows(gatewayClass.ParametersRef))
            return new Finding(Reason.InvalidParameters, $"GatewayClass \"{gatewayClass.Metadata.Name}\" is not accepted: {GatewayClassJudge.ParametersMessage(gatewayClass.ParametersRef!)}");
        if (gateway.Infrastructure?.ParametersRef is { } parameters && !GatewayClassJudge.Knows(parameters))
            return new Finding(Reason.InvalidParameters, $"spec.infrastructure: {GatewayClassJudge.ParametersMessage(parameters)}");
        for (var i = 0; i < gateway.Addresses.Count; i++)
        {
            if (gateway.Addresses[i].Type != "IPAddress")
                return new Finding(Reason.UnsupportedAddress, $"spec.addresses[{i}]: type \"{gateway.Addresses[i].Type}\" is not supported; use IPAddress");
        }
        return null;
    }

    private ListenerEvaluation Judge(Gateway gateway, GatewayListener listener, Finding? conflict, ResourceSnapshot snapshot, GrantIndex grants)
    {
        var protocol = ListenerProtocols.Served(listener.Protocol);
        var bindPort = listener.Port + options.PortOffset;
        var refused = conflict;
        if (refused is null && protocol is null)
            refused = new Finding(Reason.UnsupportedProtocol, UnsupportedProtocolMessage(listener.Protocol));
        if (refused is null && bindPort > HighestPort)
            refused = new Finding(Reason.PortUnavailable, $"port {listener.Port} with the port offset {options.PortOffset} is {bindPort}, above {HighestPort}");

        Finding? unresolved = null;
        IReadOnlyList<RouteGroupKind> kinds = [];
        if (listener.Protocol == "HTTPS" || (listener.Protocol == "TLS" && listener.Tls?.Mode == "Terminate"))
            unresolved = CertificateJudge.Judge(gateway, listener, snapshot, grants);
        if (refused is null)
            kinds = SupportedKinds(listener, ref unresolved);

        return new ListenerEvaluation
        {
            Spec = listener,
            Hostname = (listener.Hostname ?? "").ToLowerInvariant(),
            Protocol = protocol,
            BindPort = bindPort,
            Refused = refused,
            Conflict = conflict,
            Unresolved = unresolved,
            SupportedKinds = kinds,
        };
    }

    private static string UnsupportedProtocolMessage(string protocol) => ListenerProtocols.IsStandard(protocol)
        ? $"protocol {protocol} is not served by this version; served is HTTP"
        : $"protocol \"{protocol}\" is not known; served is HTTP";

    private static IReadOnlyList<RouteGroupKind> SupportedKinds(GatewayListener listener, ref Finding? unresolved)
    {
        var supported = ListenerProtocols.Kinds(listener.Protocol);
        if (listener.AllowedRoutes.Kinds.Count == 0)
            return supported;
        var asked = listener.AllowedRoutes.Kinds;
        var unknown = asked.Where(kind => !supported.Contains(kind)).ToList();
        if (unknown.Count == 0)
            return [.. asked.Distinct()];
        unresolved ??= new Finding(
            Reason.InvalidRouteKinds,
            $"allowedRoutes.kinds: {string.Join(", ", unknown.Select(kind => kind.Kind))} cannot attach to a listener of protocol {listener.Protocol}; supported is {string.Join(", ", supported.Select(kind => kind.Kind))}");
        return [.. asked.Where(supported.Contains).Distinct()];
    }
}
