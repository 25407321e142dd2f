using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Merges policies for one listener.</summary>
internal static class ListenerPolicyMerge
{
    /// <param name="policies">Those that take precedence first.</param>
    /// <param name="httpPolicies">Likewise.</param>
    /// <param name="port">Of the listener.</param>
    /// <returns>Null when none says anything of the port.</returns>
    public static MergedListenerPolicy? Merge(IEnumerable<ListenerPolicy> policies, IEnumerable<HttpListenerPolicy> httpPolicies, int port)
    {
        ListenerSettings? settings = null;
        KubernetesObject? owner = null;
        var place = "";
        foreach (var policy in policies)
        {
            if (ListenerPolicyCompiler.Choose(policy, port, out var field) is not { } chosen)
                continue;
            if (owner is null)
                (owner, place) = (policy, field);
            settings = settings is null ? chosen : Merge(settings, chosen);
        }
        var http = httpPolicies.FirstOrDefault();
        if (settings is null)
            return http is null ? null : new MergedListenerPolicy(null, http.Settings, "", http);
        if (http is not null && settings.HttpSettings is null)
            settings = settings with { HttpSettings = http.Settings };
        return new MergedListenerPolicy(settings, null, place, owner!);
    }

    private static ListenerSettings Merge(ListenerSettings first, ListenerSettings second) => new()
    {
        ProxyProtocol = first.ProxyProtocol ?? second.ProxyProtocol,
        TcpKeepalive = first.TcpKeepalive ?? second.TcpKeepalive,
        PerConnectionBufferLimitBytes = first.PerConnectionBufferLimitBytes ?? second.PerConnectionBufferLimitBytes,
        TransportSocketConnectTimeout = first.TransportSocketConnectTimeout ?? second.TransportSocketConnectTimeout,
        ClientCertificateValidation = first.ClientCertificateValidation ?? second.ClientCertificateValidation,
        HttpSettings = first.HttpSettings ?? second.HttpSettings,
    };
}
