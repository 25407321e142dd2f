using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Evaluates a claimed Gateway, and its listeners each by itself.</summary>
internal sealed class GatewayJudge(TranslatorOptions options, ParametersJudge parameters, CertificateJudge certificates, FrontendJudge frontends, ListenerJudge listeners)
{
    private const string ClientCertificateField = "spec.tls.backend.clientCertificateRef";
    private static readonly GatewayAddressing NoAddresses = new([], []);

    /// <param name="gateway">One that is ours.</param>
    /// <param name="gatewayClass">Null when it is not among the manifests.</param>
    /// <param name="previous">Parts of equal content are taken from there; null for none.</param>
    public GatewayEvaluation Judge(Gateway gateway, GatewayClass? gatewayClass, GatewayEvaluation? previous)
    {
        var refused = Refuse(gateway, gatewayClass);
        var frontend = frontends.Judge(gateway);
        var proxyProtocol = previous is not null && ReferenceEquals(previous.Gateway, gateway) ? previous.ProxyProtocol : ProxyProtocolSettings.Of(gateway, gateway.Listeners);
        var telemetry = previous is not null && ReferenceEquals(previous.Gateway, gateway) ? previous.Telemetry : TelemetryAnnotations.Of(gateway, options.Telemetry);
        var evaluation = new GatewayEvaluation
        {
            Gateway = gateway,
            ControllerName = gatewayClass?.ControllerName ?? options.ControllerNames[0],
            Addressing = refused is null ? options.Addresses.Assign(gateway) : NoAddresses,
            Refused = refused,
            Frontend = previous is not null && previous.Frontend.IsSame(frontend) ? previous.Frontend : frontend,
            ProxyProtocol = proxyProtocol,
            Telemetry = telemetry,
            Remarks = [.. proxyProtocol.Remarks, .. telemetry.Remarks],
        };
        return gateway.Tls?.ClientCertificateRef is { } reference ? WithClientCertificate(evaluation, reference) : evaluation;
    }

    /// <param name="evaluation">Of the Gateway.</param>
    /// <param name="owner">What the Gateway's listeners were before; parts of equal content are taken from there.</param>
    public ListenerEvaluation[] Listeners(GatewayEvaluation evaluation, ListenerOwner owner)
    {
        var gateway = evaluation.Gateway;
        var judged = new ListenerEvaluation[gateway.Listeners.Count];
        for (var i = 0; i < judged.Length; i++)
        {
            var listener = gateway.Listeners[i];
            var acceptance = evaluation.ProxyProtocol.Of(listener);
            judged[i] = listeners.Judge(gateway, listener, evaluation.Frontend.For(listener.Port), acceptance, owner.Evaluation(listener.Name));
            if (acceptance is not null && evaluation.ProxyProtocol.Refused is { } refused)
                judged[i] = judged[i].Refuse(refused);
        }
        return judged;
    }

    private Finding? Refuse(Gateway gateway, GatewayClass? gatewayClass)
    {
        if (gatewayClass is not null && parameters.Refuse(gatewayClass) is { } ofClass)
            return new Finding(Reason.InvalidParameters, $"GatewayClass \"{gatewayClass.Metadata.Name}\" is not accepted: {ofClass}");
        if (parameters.Refuse(gateway) is { } refused)
            return new Finding(Reason.InvalidParameters, $"spec.infrastructure: {refused}");
        for (var i = 0; i < gateway.Addresses.Count; i++)
        {
            if (gateway.Addresses[i].Type != "IPAddress")
                return new Finding(Reason.UnsupportedAddress, $"spec.addresses[{i}]: type \"{gateway.Addresses[i].Type}\" is not supported; use IPAddress");
        }
        return null;
    }

    private GatewayEvaluation WithClientCertificate(GatewayEvaluation evaluation, SecretObjectReference reference)
    {
        var read = certificates.Resolve(evaluation.Gateway, reference, ClientCertificateField, out var problem);
        if (read?.Certificate is null)
            return evaluation with { Unresolved = problem!.Reason == Reason.InvalidCertificateRef ? problem with { Reason = Reason.InvalidClientCertificateRef } : problem };
        return evaluation with
        {
            BackendClientCertificate = read.Certificate,
            Remarks = [.. evaluation.Remarks, .. certificates.Remarks(read, ClientCertificateField)],
            ChangesAt = certificates.Next(read),
        };
    }
}
