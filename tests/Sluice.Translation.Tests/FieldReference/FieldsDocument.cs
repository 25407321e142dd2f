using System.Text;
using Sluice.Translation.Support;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.FieldReference;

/// <summary>docs/reference/gateway-api-fields.md, as the support table makes it.</summary>
internal static class FieldsDocument
{
    private const string Introduction = """
        # Gateway API fields

        Every field of the Gateway API v1.6 (experimental channel) that holds a value, and every feature name: whether Sluice supports
        it, since which version, and what there is to know.

        - **yes**: it does what the API says.
        - **refused**: an object that uses it gets a condition that says so, and what needs it is not served.
        - **no effect**: it is read and checked, and changes nothing.

        Generated from `src/Sluice.Translation/Support`, which GatewayClass `status.supportedFeatures` comes from too. A test fails when
        this page is out of date; `SLUICE_UPDATE_FIELDS=1 ./test Translation` writes it anew.

        ## Features

        | feature | claimed | since | notes |
        | --- | --- | --- | --- |

        """;

    public static string FilePath => Path.Combine(Repository.Root, "docs", "reference", "gateway-api-fields.md");

    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        foreach (var feature in SupportTable.Features)
            Row(text, feature.Name, feature.IsSupported ? "yes" : "no", feature.Since, feature.Notes);
        foreach (var kind in SupportTable.Kinds)
        {
            text.Append($"\n## {kind.Kind}\n\n| field | supported | since | notes |\n| --- | --- | --- | --- |\n");
            foreach (var field in kind.Fields)
                Row(text, $"`{field.Path}`", Word(field.Level), field.Since, field.Notes);
        }
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, string supported, string? since, string notes) =>
        text.Append($"| {name} | {supported} |{Cell(since)}{Cell(notes)}\n");

    private static string Cell(string? content) => string.IsNullOrEmpty(content) ? " |" : $" {content} |";

    private static string Word(SupportLevel level) => level switch
    {
        SupportLevel.Supported => "yes",
        SupportLevel.Refused => "refused",
        _ => "no effect",
    };
}
