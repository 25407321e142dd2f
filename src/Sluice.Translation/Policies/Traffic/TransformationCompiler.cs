using Sluice.Configuration.Policies;
using Sluice.Expressions.Templates;
using Sluice.Resources.Policies.Traffic;
using MessageSpec = Sluice.Resources.Policies.Traffic.MessageTransformation;
using MessageTransformation = Sluice.Configuration.Policies.MessageTransformation;
using TransformationPolicy = Sluice.Configuration.Policies.TransformationPolicy;
using TransformationSpec = Sluice.Resources.Policies.Traffic.TransformationPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// TrafficPolicy.spec.transformation. A transformation with a mistake is published all the same: it may guard something, and the data plane,
/// which cannot compile it either, answers with 500 rather than pass messages on unchanged.
/// </summary>
internal static class TransformationCompiler
{
    /// <summary>Where entries of dynamic metadata are that name no namespace.</summary>
    public const string DefaultNamespace = "transformation";

    private const int MaxHeaders = 16;

    // What env() may read is the proxies' to say: it depends on where they run.
    private static readonly TemplateSettings Settings = new() { AllowedEnvironment = null };

    private static readonly string[] RequestPseudoHeaders = [":path", ":method", ":authority"];
    private static readonly string[] ResponsePseudoHeaders = [":status"];
    private static readonly string[] Own =
        ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length", "te", "trailer", "upgrade", "x-sluice-explain", "x-sluice-explanation"];

    private static readonly string[] OwnOfRequests = ["expect", "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-client-cert"];

    /// <returns>Null when neither requests nor responses are transformed.</returns>
    public static TransformationPolicy? Compile(TransformationSpec spec, IPolicySurroundings surroundings, string field)
    {
        var request = Compile(spec.Request, surroundings, $"{field}.request", RequestPseudoHeaders);
        var response = Compile(spec.Response, surroundings, $"{field}.response", ResponsePseudoHeaders);
        return request is null && response is null ? null : new TransformationPolicy { Request = request, Response = response };
    }

    private static MessageTransformation? Compile(MessageSpec? spec, IPolicySurroundings surroundings, string field, string[] pseudoHeaders)
    {
        if (spec is null)
            return null;
        var parsing = BodyParsing.None;
        if (spec.Body is { } body && (!Enum.TryParse(body.ParseAs, out parsing) || !Enum.IsDefined(parsing)))
            surroundings.Problem($"{field}.body.parseAs", $"\"{body.ParseAs}\" is no way to parse a body: there are AsString, AsJson and None");
        Check(spec.Set, surroundings, $"{field}.set", pseudoHeaders, parsing);
        Check(spec.Add, surroundings, $"{field}.add", pseudoHeaders, parsing);
        CheckCount(spec.Remove.Count, surroundings, $"{field}.remove");
        for (var i = 0; i < spec.Remove.Count; i++)
            CheckName(spec.Remove[i], surroundings, $"{field}.remove[{i}]", []);
        if (spec.Body?.Value is { } value)
            CheckTemplate(value, surroundings, $"{field}.body.value", parsing);
        CheckCount(spec.DynamicMetadata.Count, surroundings, $"{field}.dynamicMetadata");
        for (var i = 0; i < spec.DynamicMetadata.Count; i++)
            CheckTemplate(spec.DynamicMetadata[i].Value.StringValue, surroundings, $"{field}.dynamicMetadata[{i}].value.stringValue", parsing);
        return new MessageTransformation
        {
            Set = [.. spec.Set.Select(header => new HeaderTemplate(header.Name, header.Value ?? ""))],
            Add = [.. spec.Add.Select(header => new HeaderTemplate(header.Name, header.Value ?? ""))],
            Remove = spec.Remove,
            Body = spec.Body is null ? null : new Configuration.Policies.BodyTransformation(parsing, spec.Body.Value),
            DynamicMetadata = [.. spec.DynamicMetadata.Select(entry => new Configuration.Policies.MetadataTemplate(entry.Namespace ?? DefaultNamespace, entry.Key, entry.Value.StringValue))],
        };
    }

    private static void Check(IReadOnlyList<HttpTemplate> headers, IPolicySurroundings surroundings, string field, string[] pseudoHeaders, BodyParsing parsing)
    {
        CheckCount(headers.Count, surroundings, field);
        for (var i = 0; i < headers.Count; i++)
        {
            CheckName(headers[i].Name, surroundings, $"{field}[{i}].name", pseudoHeaders);
            CheckTemplate(headers[i].Value ?? "", surroundings, $"{field}[{i}].value", parsing);
        }
    }

    private static void CheckCount(int count, IPolicySurroundings surroundings, string field)
    {
        if (count > MaxHeaders)
            surroundings.Problem(field, $"there are {count} entries: at most {MaxHeaders} are allowed");
    }

    private static void CheckName(string name, IPolicySurroundings surroundings, string field, string[] pseudoHeaders)
    {
        if (pseudoHeaders.Contains(name))
            return;
        if (name.StartsWith(':'))
            surroundings.Problem(field, $"\"{name}\" is no pseudo header that can be changed here{(pseudoHeaders.Length == 0 ? "" : $": there {(pseudoHeaders.Length == 1 ? "is" : "are")} {string.Join(", ", pseudoHeaders)}")}");
        else if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c)))
            surroundings.Problem(field, $"\"{name}\" is no name of a header: write letters, digits and \"-\"");
        else if (pseudoHeaders == RequestPseudoHeaders && OwnOfRequests.Contains(name.ToLowerInvariant()))
            surroundings.Problem(field, $"\"{name}\" tells backends about the client: the proxy writes it when it forwards; a RequestHeaderModifier filter of the route can replace it");
        else if (Own.Contains(name.ToLowerInvariant()))
            surroundings.Problem(field, $"\"{name}\" belongs to a connection or frames the message: the proxy writes it itself");
    }

    private static void CheckTemplate(string source, IPolicySurroundings surroundings, string field, BodyParsing parsing)
    {
        var template = Template.TryCompile(source, Settings, out var error);
        if (error is not null)
            surroundings.Problem(field, error.ToString());
        else if (parsing == BodyParsing.None && (template!.UsesBody || template.Functions.Contains("context")))
            surroundings.Problem(field, $"{(template.UsesBody ? "body()" : "context()")} needs the body: set body.parseAs to AsString or AsJson");
        else if (parsing == BodyParsing.AsString && template!.Functions.Contains("context"))
            surroundings.Problem(field, "context() needs JSON: set body.parseAs to AsJson");
    }
}
