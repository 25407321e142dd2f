using Sluice.Resources.Reading.Binding;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>Strings and numbers that many fields of the Gateway API are made of.</summary>
internal static class NameSchemas
{
    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Subdomain = Label + "(\\." + Label + ")*";
    private const string OriginPattern = "(^\\*$)|(^(http(s)?):\\/\\/(((\\*\\.)?([a-zA-Z0-9\\-]+\\.)*[a-zA-Z0-9-]+|\\*)(:([0-9]{1,5}))?)$)";
    private const string PathCharacters = "[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+";

    /// <summary>An API group, "" for core.</summary>
    public static SchemaNode Group { get; } = Text(max: 253, pattern: $"^$|^{Subdomain}$") with { Check = Names.Group, Description = "The API group; empty for core." };

    public static SchemaNode Kind { get; } = Text(1, 63, "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$") with { Check = Names.Kind };

    public static SchemaNode ObjectName { get; } = Text(1, 253);

    public static SchemaNode Namespace { get; } = Text(1, 63, $"^{Label}$") with { Check = Names.Label, Description = "Absent: the namespace of the object at hand. Another one needs a ReferenceGrant there." };

    /// <summary>A listener, a port or a rule by name.</summary>
    public static SchemaNode SectionName { get; } = Text(1, 253, $"^{Subdomain}$") with { Check = Names.Subdomain };

    /// <summary>With an optional wildcard as its first label.</summary>
    public static SchemaNode Hostname { get; } = Text(1, 253, $"^(\\*\\.)?{Subdomain}$") with { Check = Names.Hostname };

    public static SchemaNode PreciseHostname { get; } = Text(1, 253, $"^{Subdomain}$") with { Check = Names.PreciseHostname };

    public static SchemaNode Port { get; } = Integer(1, 65535);

    public static SchemaNode ControllerName { get; } = Text(1, 253, $"^{Subdomain}\\/{PathCharacters}$") with { Description = "The controller, as DOMAIN/PATH." };

    /// <summary>GEP-2257.</summary>
    public static SchemaNode Duration { get; } = Text(pattern: "^([0-9]{1,5}(h|m|s|ms)){1,4}$") with { Check = Names.Duration };

    public static SchemaNode HeaderName { get; } = Text(1, 256, "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$") with { Check = Names.HeaderName };

    /// <summary>Of the CORS protocol: an origin, with wildcards or without, or "*".</summary>
    public static SchemaNode Origin { get; } = Text(1, 253, OriginPattern) with { Check = CorsBinder.Origin };

    public static SchemaNode HeaderValue { get; } = Text(1, 4096);

    public static SchemaNode AddressType { get; } = Text(1, 253, $"^Hostname|IPAddress|NamedAddress|{Subdomain}\\/{PathCharacters}$").Default("\"IPAddress\"") with
    { Description = "IPAddress, Hostname, or a type of a domain's own as DOMAIN/PATH." };

    public static SchemaNode Protocol { get; } = Text(1, 255, $"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|{Subdomain}\\/[A-Za-z0-9]+$");

    /// <summary>The name of an authority set: System, or one of a domain's own.</summary>
    public static SchemaNode WellKnownAuthorities { get; } = Text(1, 253, $"^(System|({Subdomain}/([A-Za-z0-9][-A-Za-z0-9_.]{{0,61}})?[A-Za-z0-9]))$");

    /// <summary>Options of TLS: values by free names.</summary>
    public static SchemaNode Options { get; } = Map(Text(0, 4096), 16);

    public static SchemaNode LabelValue { get; } = Text(0, 63, "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$") with { Check = Names.LabelValue };
}
