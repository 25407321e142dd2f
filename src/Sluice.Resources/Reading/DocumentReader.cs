using Sluice.Resources.Reading.Json;
using Sluice.Resources.Reading.Yaml;

namespace Sluice.Resources.Reading;

/// <summary>Reads one document's text into a file's results. A document that is broken breaks no other.</summary>
internal sealed class DocumentReader(ManifestReaderParts parts, FileResults results)
{
    public void Read(bool isJson, ReadOnlySpan<byte> text, UInt128 hash, int firstLine)
    {
        var isBroken = false;
        try
        {
            if (isJson)
                ReadJson(text);
            else
                ReadYaml(text, firstLine);
        }
        catch (ManifestSyntaxException exception)
        {
            results.Findings.Add(new ManifestDiagnostic(ManifestSeverity.Error, results.Path, exception.Line, exception.Column, exception.Message));
            isBroken = true;
        }

        results.EndDocument(hash, firstLine, isBroken);
    }

    private void ReadYaml(ReadOnlySpan<byte> text, int firstLine)
    {
        var reader = new YamlTreeReader(text, firstLine, parts.Builder, parts.Strings);
        while (reader.Read())
            parts.Binder.Bind(parts.Tree.Root);
    }

    private void ReadJson(ReadOnlySpan<byte> text)
    {
        var parser = new JsonParser(text, parts.Builder, parts.Strings, parts.Limits.MaxDepth);
        while (parser.Read())
            parts.Binder.Bind(parts.Tree.Root);
    }
}
