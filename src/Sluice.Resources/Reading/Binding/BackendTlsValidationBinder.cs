using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.validation of a BackendTLSPolicy.</summary>
internal static class BackendTlsValidationBinder
{
    private const int MaxCertificates = 8;
    private const int MaxNames = 5;

    public static BackendTlsPolicyValidation? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        LocalObjectReference[] references = [];
        SubjectAltName[] names = [];
        string? hostname = null, wellKnown = null;
        var hasReferences = false;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "caCertificateRefs":
                    references = context.List(field, 0, MaxCertificates, References.Local);
                    hasReferences = field.Kind == NodeKind.Sequence && field.Count > 0;
                    break;
                case "wellKnownCACertificates":
                    wellKnown = context.Name(field, Names.WellKnownCertificates);
                    break;
                case "hostname":
                    hostname = context.Name(field, Names.PreciseHostname);
                    break;
                case "subjectAltNames":
                    names = context.List(field, 0, MaxNames, AltName);
                    break;
                default:
                    context.Unknown(field, "caCertificateRefs wellKnownCACertificates hostname subjectAltNames");
                    break;
            }
        }

        ObjectFields.Require(context, node, "hostname", "the name that the certificate of the backend is for");
        var hasWellKnown = node.TryGet("wellKnownCACertificates", out var given);
        if (hasReferences && hasWellKnown)
            context.Error(given, "must not stand beside caCertificateRefs: give one of both");
        else if (!hasReferences && !hasWellKnown)
            context.Missing(node, "caCertificateRefs", "ConfigMaps with CA certificates; or wellKnownCACertificates: System");
        return hostname is null ? null : new BackendTlsPolicyValidation
        {
            CaCertificateRefs = references,
            WellKnownCaCertificates = wellKnown,
            Hostname = hostname,
            SubjectAltNames = names,
        };
    }

    private static SubjectAltName? AltName(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? type = null, hostname = null, uri = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, "Hostname, URI");
                    break;
                case "hostname":
                    hostname = context.Name(field, Names.Hostname);
                    break;
                case "uri":
                    uri = context.Name(field, Names.Uri);
                    break;
                default:
                    context.Unknown(field, "type hostname uri");
                    break;
            }
        }

        ObjectFields.Require(context, node, "type", "Hostname or URI");
        switch (type)
        {
            case "Hostname":
                ObjectFields.Require(context, node, "hostname", "with type Hostname");
                Absent(context, node, "uri", type);
                return hostname is null ? null : new SubjectAltName(type, hostname);
            case "URI":
                ObjectFields.Require(context, node, "uri", "with type URI");
                Absent(context, node, "hostname", type);
                return uri is null ? null : new SubjectAltName(type, uri);
            default:
                return null;
        }
    }

    private static void Absent(BindingContext context, Node node, string field, string type)
    {
        if (node.TryGet(field, out var value))
            context.Error(value, $"must not stand here when type is {type}");
    }
}
