using System.Text;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Docs;

/// <summary>docs/reference/kinds.md, as the schemas make it.</summary>
internal static class KindsDocument
{
    private const string Introduction = """
        # Kinds

        The kinds whose schemas are part of the program: the embedded API serves them, and `kubectl` shows these names and columns.
        Columns in italics come with `-o wide`. Versions of one kind hold the same objects; the one in bold is that in which they are kept.

        `sluice crds` prints the CustomResourceDefinitions of the kinds of `gateway.kgateway.dev`, `gateway.envoyproxy.io` and
        `gateway.solo.io`. Their fields: [policies](policies.md).

        Generated from `src/Sluice.Resources/Schemas`. A test fails when this page is out of date; `SLUICE_UPDATE_KINDS=1 ./test Resources`
        writes it anew.

        """;

    public static string FilePath
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "docs", "reference", "kinds.md");
        }
    }

    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        foreach (var group in KindSchemas.All.GroupBy(kind => kind.Group))
        {
            text.Append($"\n## {(group.Key.Length == 0 ? "core" : group.Key)}\n\n| kind | in URLs | short names | versions | columns |\n| --- | --- | --- | --- | --- |\n");
            foreach (var kind in group)
                text.Append($"| {kind.Kind} | `{kind.Plural}` |{Cell(kind.ShortNames.Select(name => $"`{name}`"))}{Cell(kind.Versions.Select(Version))}{Cell(Columns(kind))}\n");
        }

        return text.ToString();
    }

    private static string Version(KindVersion version) => version.IsStored ? $"**{version.Name}**" : version.Name;

    private static IEnumerable<string> Columns(KindSchema kind)
    {
        if (kind.IsReview)
            return [];
        var columns = kind.PrinterColumns.Select(column => column.Priority > 0 ? $"*{column.Name}*" : column.Name);
        return kind.HasNameColumn ? columns.Prepend("Name") : columns;
    }

    private static string Cell(IEnumerable<string> words)
    {
        var content = string.Join(", ", words);
        return content.Length == 0 ? " |" : $" {content} |";
    }
}
