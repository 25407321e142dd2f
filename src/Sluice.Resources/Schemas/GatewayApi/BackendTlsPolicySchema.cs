using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class BackendTlsPolicySchema
{
    private const string UriPattern = "^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\\?([^#]*))?(#(.*))?";

    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("BackendTLSPolicy", "v1alpha3"),
        Kind = "BackendTLSPolicy",
        Plural = "backendtlspolicies",
        Singular = "backendtlspolicy",
        ShortNames = ["btlspolicy"],
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Says that backends are reached over TLS, and how their certificates are checked.",
        Required("spec", Object(
            Required("targetRefs", List(Object(
                Required("group", NameSchemas.Group),
                Required("kind", NameSchemas.Kind),
                Required("name", NameSchemas.ObjectName),
                Optional("sectionName", NameSchemas.SectionName, "One port of a Service, by name.")), 1, 16), "Services in the same namespace."),
            Required("validation", Object(
                Optional("caCertificateRefs", List(ReferenceSchemas.Local, max: 8), "ConfigMaps or Secrets with ca.crt."),
                Optional("wellKnownCACertificates", NameSchemas.WellKnownAuthorities, "System for the authorities of the machine."),
                Required("hostname", NameSchemas.PreciseHostname, "The server name that is asked for and that the certificate must have."),
                Optional("subjectAltNames", List(Object(
                    Required("type", Word("Hostname URI")),
                    Optional("hostname", NameSchemas.Hostname),
                    Optional("uri", Text(1, 253, UriPattern))), max: 5), "Names that the certificate may have instead of hostname."))),
            Optional("options", NameSchemas.Options, "Settings of the implementation."))),
        Optional("status", Object(Required("ancestors", List(Object(
            Required("ancestorRef", ReferenceSchemas.Parent),
            Required("controllerName", NameSchemas.ControllerName),
            Required("conditions", ConditionSchema.SomeConditions)), max: 16), "What the controllers of the Gateways say.")), "Set by controllers."));
}
