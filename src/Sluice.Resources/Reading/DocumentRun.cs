using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading;

/// <summary>
/// Reads neighbouring documents of a file with one parser. Where the parser fails, it is started anew after the document
/// that is broken, so that one mistake does not hide the rest of the file.
/// </summary>
internal sealed class DocumentRun(ManifestReaderParts parts, FileResults results, ReadOnlyMemory<byte> text, List<DocumentText> documents, UInt128[] hashes)
{
    public void ReadYaml(int start, int end)
    {
        while (start < end)
        {
            var failed = ReadRun(start, end);
            if (failed == end)
                return;
            ReadRun(failed, failed + 1);
            start = failed + 1;
        }
    }

    public void ReadJson()
    {
        var reader = new JsonTreeReader(text, parts.Builder, parts.Strings, parts.Limits.MaxDepth);
        var isBroken = false;
        try
        {
            while (reader.Read())
                parts.Binder.Bind(parts.Tree.Root);
        }
        catch (ManifestSyntaxException exception)
        {
            Report(exception);
            isBroken = true;
        }

        results.EndDocument(hashes[0], 1, isBroken);
    }

    /// <summary>
    /// Reads what can be read, and returns the first document that was not finished, or the end. A single document that
    /// fails is finished too: as broken.
    /// </summary>
    private int ReadRun(int start, int end)
    {
        var reader = new YamlTreeReader(text[documents[start].Start..documents[end - 1].End], documents[start].FirstLine - 1, parts.Builder, parts.Strings);
        var current = start;
        var isBound = false;
        try
        {
            while (reader.Read())
            {
                for (; StartsNext(current, end, reader.Line); current++)
                    End(current, isBroken: false);
                parts.Binder.Bind(parts.Tree.Root);
                isBound = true;
            }

            for (; current < end; current++)
                End(current, isBroken: false);
            return end;
        }
        catch (ManifestSyntaxException exception) when (end - start == 1)
        {
            Report(exception);
            End(start, isBroken: true);
            return end;
        }
        catch (ManifestSyntaxException exception)
        {
            if (isBound && StartsNext(current, end, exception.Line))
                End(current++, isBroken: false);
            else
                results.StartAgain();
            return current;
        }
    }

    private bool StartsNext(int current, int end, int line) => current + 1 < end && documents[current + 1].FirstLine <= line;

    private void End(int document, bool isBroken) => results.EndDocument(hashes[document], documents[document].FirstLine, isBroken);

    private void Report(ManifestSyntaxException exception) =>
        results.Findings.Add(new ManifestDiagnostic(ManifestSeverity.Error, results.Path, exception.Line, exception.Column, exception.Message));
}
