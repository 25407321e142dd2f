using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>sessionPersistence of a rule (GEP-1619).</summary>
internal static class SessionPersistenceBinder
{
    public static RouteSessionPersistence? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, type = null, lifetime = null;
        TimeSpan? absolute = null, idle = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "sessionName":
                    name = context.String(field, 0, 128);
                    break;
                case "type":
                    type = context.Word(field, "Cookie, Header");
                    break;
                case "absoluteTimeout":
                    absolute = context.Duration(field);
                    break;
                case "idleTimeout":
                    idle = context.Duration(field);
                    break;
                case "cookieConfig":
                    lifetime = Lifetime(context, field, node.TryGet("absoluteTimeout", out _));
                    break;
                default:
                    context.Unknown(field, "sessionName type absoluteTimeout idleTimeout cookieConfig");
                    break;
            }
        }

        if (type == "Header" && node.TryGet("cookieConfig", out var cookie))
            context.Error(cookie, "must not stand here when type is Header");
        return new RouteSessionPersistence
        {
            SessionName = name,
            Type = type ?? "Cookie",
            AbsoluteTimeout = absolute,
            IdleTimeout = idle,
            CookieLifetime = lifetime ?? "Session",
        };
    }

    private static string? Lifetime(BindingContext context, Node node, bool hasTimeout)
    {
        if (!context.Mapping(node))
            return null;
        string? lifetime = null;
        foreach (var field in node)
        {
            if (field.Key != "lifetimeType")
            {
                context.Unknown(field, "lifetimeType");
                continue;
            }

            lifetime = context.Word(field, "Permanent, Session");
            if (lifetime == "Permanent" && !hasTimeout)
                context.Error(field, "Permanent needs absoluteTimeout in sessionPersistence");
        }

        return lifetime;
    }
}
