using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Merges ListenerPolicies for one listener.</summary>
internal static class ListenerPolicyMerge
{
    /// <param name="policies">Those that take precedence first.</param>
    /// <param name="port">Of the listener.</param>
    /// <returns>Null when none says anything of the port.</returns>
    public static MergedListenerPolicy? Merge(IReadOnlyList<ListenerPolicy> policies, int port)
    {
        ListenerSettings? settings = null;
        var place = "";
        var used = new List<ListenerPolicy>();
        foreach (var policy in policies)
        {
            if (Choose(policy, port, out var field) is not { } chosen)
                continue;
            if (settings is null)
                place = field;
            settings = settings is null ? chosen : Merge(settings, chosen);
            used.Add(policy);
        }
        return settings is null ? null : new MergedListenerPolicy(settings, place, used);
    }

    /// <summary>The settings for a port: those of perPort replace the default as a whole. Null: none.</summary>
    private static ListenerSettings? Choose(ListenerPolicy policy, int port, out string field)
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
