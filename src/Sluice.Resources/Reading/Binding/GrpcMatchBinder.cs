using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules[].matches[] of a GRPCRoute.</summary>
internal static class GrpcMatchBinder
{
    private const int MaxName = 1024;

    private static readonly GrpcRouteMatch Default = GrpcRouteMatch.DefaultList[0];

    public static GrpcRouteMatch? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        GrpcMethodMatch? method = null;
        HttpValueMatch[] headers = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "method":
                    method = Method(context, field);
                    break;
                case "headers":
                    headers = HttpMatchBinder.Headers(context, field);
                    break;
                default:
                    context.Unknown(field, "method headers");
                    break;
            }
        }

        return method is null && headers.Length == 0 ? Default : new GrpcRouteMatch { Method = method, Headers = headers };
    }

    private static GrpcMethodMatch? Method(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? service = null, method = null, type = null;
        var errors = context.Errors;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, "Exact, RegularExpression");
                    break;
                case "service":
                    service = context.String(field, 0, MaxName);
                    break;
                case "method":
                    method = context.String(field, 0, MaxName);
                    break;
                default:
                    context.Unknown(field, "type service method");
                    break;
            }
        }

        if (context.Errors != errors)
            return null;
        if (type != "RegularExpression")
        {
            if (service is not null && node.TryGet("service", out var at) && !IsServiceName(service))
                context.MustBe(at, "the name of a service with its package, such as \"shop.v1.Cart\"");
            if (method is not null && node.TryGet("method", out at) && !IsIdentifier(method))
                context.MustBe(at, "the name of a method, such as \"AddItem\"");
        }

        // An empty string leaves it open, as if the field were not there (GRPCMethodMatch).
        if (string.IsNullOrEmpty(service) && string.IsNullOrEmpty(method) && context.Errors == errors)
            context.Error(node, "must have service, method or both");
        return new GrpcMethodMatch(NullWhenEmpty(service), NullWhenEmpty(method), type ?? "Exact");
    }

    private static string? NullWhenEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>The CRD: ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$.</summary>
    private static bool IsServiceName(ReadOnlySpan<char> value)
    {
        if (value is ['.', ..])
            value = value[1..];
        foreach (var part in value.Split('.'))
        {
            if (!IsIdentifier(value[part]))
                return false;
        }

        return true;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || char.IsAsciiDigit(value[0]))
            return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
