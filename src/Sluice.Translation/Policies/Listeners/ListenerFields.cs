using Sluice.Configuration;
using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Puts what a ListenerPolicy says on a listener. Compilers of its fields are called here.</summary>
internal static class ListenerFields
{
    /// <param name="listener">As it would be otherwise, without routes.</param>
    /// <param name="settings">For its port, merged.</param>
    /// <param name="surroundings">Of the policy.</param>
    /// <param name="field">Where the settings stand, such as "default".</param>
    /// <returns>Null: something that guards the listener cannot be put in force, and it is not served.</returns>
    public static Listener? Apply(Listener listener, ListenerSettings settings, IPolicySurroundings surroundings, string field)
    {
        Unsupported("proxyProtocol", settings.ProxyProtocol is not null, "; use the annotation of the Gateway");
        Unsupported("tcpKeepalive", settings.TcpKeepalive is not null);
        Unsupported("perConnectionBufferLimitBytes", settings.PerConnectionBufferLimitBytes is not null);
        Unsupported("transportSocketConnectTimeout", settings.TransportSocketConnectTimeout is not null);
        Unsupported("httpSettings", settings.HttpSettings is not null);
        if (settings.ClientCertificateValidation is null)
            return listener;
        surroundings.Problem($"{field}.clientCertificateValidation", "is not supported by this version, and the listeners are not served; use tls.frontend of the Gateway");
        return null;

        void Unsupported(string name, bool isSet, string instead = "")
        {
            if (isSet)
                surroundings.Problem($"{field}.{name}", $"is not supported by this version and has no effect{instead}");
        }
    }

    /// <summary>The same of an HTTPListenerPolicy, whose settings stand in spec itself.</summary>
    /// <param name="listener">As it would be otherwise, without routes.</param>
    /// <param name="settings">For it.</param>
    /// <param name="surroundings">Of the policy.</param>
    /// <param name="field">Where the settings stand; "" for spec.</param>
    public static Listener? Apply(Listener listener, Resources.Policies.Listeners.HttpSettings settings, IPolicySurroundings surroundings, string field)
    {
        _ = settings;
        surroundings.Problem(field.Length == 0 ? "spec" : field, "is not supported by this version and has no effect");
        return listener;
    }
}
