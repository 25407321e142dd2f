using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Cli.Options;
using Sluice.Resources.Writing;

namespace Sluice.Cli.Crds;

/// <summary><c>sluice crds</c>: the CustomResourceDefinitions of the kinds beside the Gateway API that are served, for <c>kubectl apply -f -</c>.</summary>
internal static class CrdsCommand
{
    public static Command Create()
    {
        var output = ParsedOption.Create<CrdsFormat>("--output", "yaml|json", "yaml for kubectl and people (default), json for programs.", "yaml or json", TryParse);
        var command = new Command("crds", "Print the CustomResourceDefinitions of the kinds beside the Gateway API that are served.") { output };
        command.SetAction(parsed => Run(parsed.GetValue(output), Console.Out));
        return command;
    }

    private static int Run(CrdsFormat format, TextWriter writer)
    {
        var documents = CustomResources.All;
        if (format == CrdsFormat.Yaml)
        {
            YamlText.Write(writer, documents);
            return ExitCode.Success;
        }

        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. documents]) };
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            list.WriteTo(json);
        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        return ExitCode.Success;
    }

    private static bool TryParse(string text, out CrdsFormat format)
    {
        format = text == "json" ? CrdsFormat.Json : CrdsFormat.Yaml;
        return text is "json" or "yaml";
    }
}
