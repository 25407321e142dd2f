using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Evaluates a ListenerSet of a claimed Gateway, and its listeners each by itself (GEP-1713).</summary>
internal sealed class ListenerSetJudge(ListenerJudge listeners, NamespaceLabels namespaces)
{
    // The set's owner may be a stranger to the Gateway's, and has no use for the names of its ConfigMaps.
    private const string GatewayValidation = "spec.tls.frontend of the Gateway does not resolve for this port: see the Gateway's own listeners, or ask its owner";

    /// <summary>Why the set as a whole is not accepted; or null.</summary>
    public Finding? Refuse(ListenerSet set, GatewayState gateway)
    {
        var evaluation = gateway.Evaluation;
        if (!IsAllowed(set, evaluation.Gateway))
            return new Finding(Reason.NotAllowed, $"spec.parentRef: Gateway \"{evaluation.Gateway.Key}\" does not allow ListenerSets of namespace \"{set.Metadata.Namespace}\" in spec.allowedListeners");
        return gateway.IsAccepted ? null : new Finding(Reason.ParentNotAccepted, $"spec.parentRef: Gateway \"{evaluation.Gateway.Key}\" is not accepted");
    }

    /// <param name="set">The set.</param>
    /// <param name="refused">Why it is not accepted; or null.</param>
    /// <param name="owner">What its listeners were before; parts of equal content are taken from there.</param>
    /// <param name="remarks">About the set.</param>
    public ListenerEvaluation[] Listeners(ListenerSet set, Finding? refused, ListenerOwner owner, out IReadOnlyList<Remark> remarks)
    {
        var own = ProxyProtocolSettings.Of(set, set.Listeners);
        remarks = own.Remarks;
        var judged = new ListenerEvaluation[set.Listeners.Count];
        for (var i = 0; i < judged.Length; i++)
            judged[i] = refused is null ? Judge(set, set.Listeners[i], own, owner) : Refused(set.Listeners[i], refused);
        return judged;
    }

    private ListenerEvaluation Judge(ListenerSet set, GatewayListener listener, ProxyProtocolSettings own, ListenerOwner owner)
    {
        var gateway = owner.Gateway.Evaluation;
        var acceptance = own.IsGiven ? own.Of(listener) : OfGateway(listener, gateway);
        var frontend = gateway.Frontend.For(listener.Port);
        if (frontend.Unresolved is { } unresolved)
            frontend = frontend with { Unresolved = unresolved with { Message = GatewayValidation }, Refused = frontend.Refused is null ? null : frontend.Refused with { Message = GatewayValidation } };
        var evaluation = listeners.Judge(set, listener, frontend, acceptance, owner.Evaluation(listener.Name));
        var refused = own.IsGiven ? own.Refused : gateway.ProxyProtocol.Refused;
        return acceptance is not null && refused is not null ? evaluation.Refuse(refused) : evaluation;
    }

    // A set that says nothing goes by its Gateway: by the listener on the same port, or else by what holds for all.
    private static ProxyProtocolAcceptance? OfGateway(GatewayListener listener, GatewayEvaluation gateway)
    {
        if (listener.Protocol == "UDP")
            return null;
        var same = gateway.Gateway.Listeners.FirstOrDefault(candidate => candidate.Port == listener.Port && candidate.Protocol != "UDP");
        if (same is not null)
            return gateway.ProxyProtocol.Of(same);
        return gateway.ProxyProtocol.All ? gateway.ProxyProtocol.Acceptance : null;
    }

    private static ListenerEvaluation Refused(GatewayListener listener, Finding refused) => new()
    {
        Spec = listener,
        Hostname = (listener.Hostname ?? "").ToLowerInvariant(),
        Protocol = null,
        BindPort = listener.Port,
        Refused = refused,
        Unresolved = null,
        SupportedKinds = [],
    };

    private bool IsAllowed(ListenerSet set, Gateway gateway) => gateway.AllowedListeners.From switch
    {
        FromNamespaces.All => true,
        FromNamespaces.Same => set.Metadata.Namespace == gateway.Metadata.Namespace,
        FromNamespaces.Selector => gateway.AllowedListeners.Selector is { } selector && selector.Matches(namespaces.Of(set.Metadata.Namespace)),
        _ => false,
    };
}
