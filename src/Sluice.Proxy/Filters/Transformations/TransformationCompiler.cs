using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Expressions.Templates;
using Sluice.Proxy.Bodies;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>Makes edits of transformations.</summary>
internal static class TransformationCompiler
{
    private static readonly TemplateSettings Settings = new() { AllowedEnvironment = TemplateEnvironment.Names };

    /// <param name="source">Null: nothing is transformed.</param>
    /// <param name="isResponse">Of responses, otherwise of requests.</param>
    /// <param name="problems">Gets a message for each thing that cannot be put in force.</param>
    public static IBodyEdit? Compile(MessageTransformation? source, bool isResponse, ICollection<string> problems)
    {
        if (source is null)
            return null;
        var where = isResponse ? "transformation.response" : "transformation.request";
        var before = problems.Count;
        var parsing = source.Body?.ParseAs ?? BodyParsing.None;
        var set = Headers(source.Set, isResponse, where + ".set", problems);
        var add = Headers(source.Add, isResponse, where + ".add", problems);
        var body = source.Body?.Value is { } value ? Template(value, where + ".body", problems) : null;
        MetadataEdit[] metadata = [.. source.DynamicMetadata.Select(entry => new MetadataEdit(entry.Namespace, entry.Key, Template(entry.Value, $"{where}.dynamicMetadata {entry.Key}", problems)))];
        var templates = set.Concat(add).Select(header => header.Value).Concat(metadata.Select(entry => entry.Value));
        var edit = new MessageEdit
        {
            Set = set,
            Add = add,
            Remove = [.. source.Remove.Select(name => Name(name, isResponse, isRemoved: true, where + ".remove", problems))],
            Body = body,
            Parsing = parsing,
            Metadata = metadata,
            NeedsBody = body is not null || parsing == BodyParsing.AsJson || (parsing == BodyParsing.AsString && templates.Any(template => template is { UsesBody: true })),
        };
        return problems.Count == before ? edit : FailingEdit.Instance;
    }

    private static HeaderEdit[] Headers(IReadOnlyList<HeaderTemplate> headers, bool isResponse, string where, ICollection<string> problems) =>
        [.. headers.Select(header => new HeaderEdit(Name(header.Name, isResponse, isRemoved: false, where, problems), Template(header.Value, $"{where} {header.Name}", problems)))];

    private static Template? Template(string source, string where, ICollection<string> problems)
    {
        var template = Expressions.Templates.Template.TryCompile(source, Settings, out var error);
        if (error is not null)
            problems.Add($"{where}: {error}; requests are answered with 500");
        return template;
    }

    private static byte[] Name(string name, bool isResponse, bool isRemoved, string where, ICollection<string> problems)
    {
        var lower = name.Equals("host", StringComparison.OrdinalIgnoreCase) && !isResponse ? ":authority" : name;
        var bytes = Encoding.UTF8.GetBytes(lower);
        var known = FieldNames.Classify(bytes);
        var isPseudo = !isRemoved && (isResponse ? lower is ":status" : lower is ":path" or ":method" or ":authority");
        if (!isPseudo && (!FieldSyntax.IsName(lower) || FieldNames.IsHopByHop(known) || (!isResponse && !isRemoved && IsOwn(known))))
            problems.Add($"{where}: \"{name}\" is no header that can be changed; requests are answered with 500");
        return bytes;
    }

    /// <summary>What backends are told of the client is written when a request is forwarded, and would not be what a template says.</summary>
    private static bool IsOwn(KnownField known) => known is
        KnownField.Expect or KnownField.Forwarded or KnownField.XForwardedFor or KnownField.XForwardedProto or KnownField.XForwardedHost or KnownField.XForwardedClientCert;
}
