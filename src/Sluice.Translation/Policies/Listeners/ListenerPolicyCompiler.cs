using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Certificates;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>
/// Puts what a ListenerPolicy says on a listener. What the listener says by itself (annotations, frontend validation of its Gateway) stays
/// where the policy says nothing. What guards the listener and cannot be put in force closes it.
/// </summary>
internal static class ListenerPolicyCompiler
{
    /// <summary>The settings for a port: those of perPort replace the default as a whole. Null: none.</summary>
    public static ListenerSettings? Choose(ListenerPolicy policy, int port, out string field)
    {
        for (var i = 0; i < policy.PerPort.Count; i++)
        {
            if (policy.PerPort[i].Port != port)
                continue;
            field = $"perPort[{i}].listener";
            return policy.PerPort[i].Listener;
        }
        field = "default";
        return policy.Default;
    }

    /// <param name="listener">As it would be otherwise.</param>
    /// <param name="settings">For its port.</param>
    /// <param name="surroundings">Of the policy.</param>
    /// <param name="field">Where the settings stand, such as "default".</param>
    public static Listener Apply(Listener listener, ListenerSettings settings, IPolicySurroundings surroundings, string field)
    {
        if (listener.Protocol == ListenerProtocol.Udp)
            return listener;
        if (settings.ProxyProtocol is { } proxyProtocol)
            listener = listener with { ProxyProtocol = new ProxyProtocolAcceptance { AllowWithoutHeader = proxyProtocol.AllowRequestsWithoutProxyProtocol } };
        listener = listener with { Connection = ConnectionSettingsCompiler.Compile(settings, surroundings, field) };
        if (settings.ClientCertificateValidation is { } validation && listener.Tls is { Mode: TlsMode.Terminate } tls)
            listener = listener with { Tls = tls with { ClientValidation = Validation(validation, surroundings, $"{field}.clientCertificateValidation") } };
        return settings.HttpSettings is { } http && listener.Protocol is ListenerProtocol.Http or ListenerProtocol.Https
            ? Apply(listener, http, surroundings, $"{field}.httpSettings")
            : listener;
    }

    /// <summary>As an HTTPListenerPolicy has them, whose settings stand in spec itself.</summary>
    /// <param name="listener">As it would be otherwise.</param>
    /// <param name="http">The settings.</param>
    /// <param name="surroundings">Of the policy.</param>
    /// <param name="field">Where they stand; "" for spec.</param>
    public static Listener Apply(Listener listener, Resources.Policies.Listeners.HttpSettings http, IPolicySurroundings surroundings, string field)
    {
        if (listener.Protocol is not (ListenerProtocol.Http or ListenerProtocol.Https))
            return listener;
        var compiled = HttpSettingsCompiler.Compile(http, surroundings, field);

        // With useRemoteAddress the peer is no entry of X-Forwarded-For yet; without, the last entry is the client of a trusted peer.
        var hops = http.XffTrustedCidrs.Count > 0 ? 0 : http.UseRemoteAddress ? http.XffNumTrustedHops ?? listener.TrustedHops : (http.XffNumTrustedHops ?? 0) + 1;
        return listener with { Http = compiled, TrustedHops = hops };
    }

    /// <summary>Without a single authority nobody is let in: the data plane cannot serve such a listener.</summary>
    private static ClientValidation Validation(ClientCertificatePolicy policy, IPolicySurroundings surroundings, string field)
    {
        var authorities = new List<string>();
        for (var i = 0; i < policy.CaCertificateRefs.Count; i++)
        {
            if (Authorities(policy.CaCertificateRefs[i], surroundings, $"{field}.caCertificateRefs[{i}]") is { } pem)
                authorities.Add(pem);
        }
        if (policy.CaCertificateRefs.Count == 0)
            surroundings.Problem($"{field}.caCertificateRefs", "names no certificates of authorities; name a Secret or ConfigMap with ca.crt. The listener is not served");
        return new ClientValidation
        {
            Mode = policy.Mode == "Optional" ? ClientValidationMode.AllowAbsent : ClientValidationMode.AllowValidOnly,
            CaCertificates = authorities,
        };
    }

    private static string? Authorities(ClientCertificateRef reference, IPolicySurroundings surroundings, string field)
    {
        if (reference.Group.Length > 0 || reference.Kind is not ("Secret" or "ConfigMap"))
        {
            surroundings.Problem(field, $"group \"{reference.Group}\" kind \"{reference.Kind}\" is not supported; use a core Secret or ConfigMap with {CaReader.Key}");
            return null;
        }
        KubernetesObject? source = reference.Kind == "Secret"
            ? surroundings.Secret(reference.Name, reference.Namespace, field)
            : surroundings.ConfigMap(reference.Name, reference.Namespace, field);
        if (source is null)
            return null;
        var pem = CaReader.Read(source, out var problem);
        if (problem is null)
            return pem;
        surroundings.Problem(field, $"{reference.Kind} \"{reference.Name}\" {problem}");
        return null;
    }
}
