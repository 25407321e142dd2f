namespace Sluice.Translation.Support;

/// <summary>Fields that several kinds have.</summary>
internal static class CommonFields
{
    public static FieldList Conditions(this FieldList fields, string path) => fields.Supported(path, "type status observedGeneration reason message")
        .Add(SupportLevel.WithoutEffect, path, "lastTransitionTime", "Set by who writes statuses to a cluster; `sluice status` shows none.");

    public static FieldList Selector(this FieldList fields, SupportLevel level, string path, string notes = "") => fields
        .Add(level, path, "matchLabels", notes)
        .Add(level, $"{path}.matchExpressions[]", "key operator values[]", notes);

    public static FieldList RouteParents(this FieldList fields) => fields
        .Supported("spec", "hostnames[]", "Wildcards stand for one or more labels. Listener and route must have a hostname in common.")
        .ParentRefs();

    public static FieldList ParentRefs(this FieldList fields) => fields
        .Supported("spec.parentRefs[]", "group kind", "Gateway and ListenerSet; other parents are left to their controllers.")
        .Supported("spec.parentRefs[]", "name namespace sectionName")
        .Supported("spec.parentRefs[]", "port", "Together with sectionName both must match.")
        .WithoutEffect("spec", "useDefaultGateways", "`All` gets a warning: name the Gateway in parentRefs.");

    public static FieldList RouteStatus(this FieldList fields) => fields
        .Supported("status.parents[]", "controllerName")
        .Supported("status.parents[].parentRef", "group kind name namespace sectionName port")
        .Conditions("status.parents[].conditions[]");

    public static FieldList BackendRef(this FieldList fields, string path) => fields
        .Supported(path, "group kind", "core Service only; others are ResolvedRefs=False with reason InvalidKind.")
        .Supported(path, "name")
        .Supported(path, "namespace", "Another namespace needs a ReferenceGrant.")
        .Supported(path, "port");

    public static FieldList Headers(this FieldList fields, string path) => fields
        .Supported(path, "set[].name set[].value add[].name add[].value remove[]", "Fields that carry the framing or speak of the connection cannot be changed: [header fields](headers.md#header-modifiers).");

    public static FieldList Mirror(this FieldList fields, string path) => fields
        .BackendRef($"{path}.backendRef")
        .Supported(path, "percent fraction.numerator fraction.denominator", "Drawn for each request.");

    public static FieldList ExtensionRef(this FieldList fields, string path) => fields
        .Supported(path, "group kind name", "`DirectResponse` of `gateway.kgateway.dev`; others are ResolvedRefs=False with reason InvalidKind.");

    public static FieldList SessionPersistence(this FieldList fields, string path) => fields
        .Supported(path, "sessionName", "Without it a name of the rule's own is made up.")
        .Supported(path, "type")
        .Supported(path, "absoluteTimeout", "Carried in the token.")
        .Supported(path, "idleTimeout", "GEP-1619; not in the CRDs of v1.6. Carried in the token, renewed after a tenth of the time.")
        .Supported(path, "cookieConfig.lifetimeType");
}
