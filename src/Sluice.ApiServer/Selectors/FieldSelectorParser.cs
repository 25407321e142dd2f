using System.Text;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Selectors;

/// <summary>The text form of field selectors: "metadata.name=a,type!=b". A backslash stands before a comma, equals sign or backslash that is meant.</summary>
internal static class FieldSelectorParser
{
    private const int MaxRequirements = 100;

    /// <exception cref="ApiException">400: not a field selector, or a field that the kind cannot be selected by.</exception>
    public static IReadOnlyList<FieldRequirement> Parse(string text, ResourceKind kind)
    {
        var requirements = new List<FieldRequirement>();
        foreach (var part in Split(text))
        {
            if (requirements.Count == MaxRequirements)
                throw ApiException.BadRequest($"fieldSelector: at most {MaxRequirements} requirements are taken");
            requirements.Add(Requirement(part, kind));
        }

        return requirements;
    }

    private static FieldRequirement Requirement(string part, ResourceKind kind)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\')
            {
                i++;
                continue;
            }

            if (part[i] == '!' && i + 1 < part.Length && part[i + 1] == '=')
                return new FieldRequirement(SelectableFields.Path(kind, part[..i].Trim()), Unescape(part[(i + 2)..].Trim()), false);
            if (part[i] == '=')
            {
                var value = i + 1 < part.Length && part[i + 1] == '=' ? part[(i + 2)..] : part[(i + 1)..];
                return new FieldRequirement(SelectableFields.Path(kind, part[..i].Trim()), Unescape(value.Trim()), true);
            }
        }

        throw ApiException.BadRequest($"invalid field selector: \"{part}\" must be FIELD=VALUE, FIELD==VALUE or FIELD!=VALUE");
    }

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                if (i > start)
                    yield return text[start..i];
                start = i + 1;
            }
        }

        if (start < text.Length)
            yield return text[start..];
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
            return value;
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
                i++;
            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
