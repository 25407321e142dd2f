using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Options;
using Sluice.Cli.Output;
using Sluice.Configuration;
using Sluice.Proxy.Explain;

namespace Sluice.Cli.Explain;

/// <summary><c>sluice explain</c>: why a request goes where it goes.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "Where the request is sent, for example http://127.0.0.1:8080/cart." };
        var method = new Option<string>("--method", "-X") { Description = "The request's method. Default: GET.", HelpName = "METHOD", DefaultValueFactory = _ => "GET" };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header field; Host takes the place of the URL's host. Repeatable.", HelpName = "'NAME: VALUE'" };
        headers.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf(':', StringComparison.Ordinal) < 1))
                result.AddError($"-H is '{token.Value}'; it must be 'Name: value'.");
        });
        var gateway = new Option<string?>("--gateway") { Description = "Only this Gateway. Default: every Gateway that listens on the URL's port.", HelpName = "NAMESPACE/NAME" };
        var source = new SourceOptions();
        var output = OutputOption.Create();
        var command = new Command("explain", "Show why a request goes where it goes: listeners, rules, what failed, the winner, its backends.") { url, method, headers, gateway, output };
        source.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var request = ExplainRequest.FromUrl(parsed.GetValue(url)!, out var error)
                ?? throw new UserErrorException(error!, ExitCode.InvalidUsage);
            request = request with
            {
                Method = parsed.GetValue(method)!,
                Headers = [.. (parsed.GetValue(headers) ?? []).Select(Header)],
                Gateway = parsed.GetValue(gateway),
            };
            return RunAsync(parsed.GetValue(url)!, request, source, parsed, parsed.GetValue(output), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string url, ExplainRequest request, SourceOptions source, ParseResult parsed, OutputFormat format, CancellationToken cancellation)
    {
        var explanation = await source.LoadAsync(parsed, cancellation) is { } manifests
            ? RouteExplainer.Explain(manifests.Configurations, request)
            : Parse(await AdminClient.GetAsync(source.Admin(parsed), Target(url, request), cancellation));
        if (format == OutputFormat.Json)
        {
            Terminal.Output.WriteLine(ExplanationJson.Serialize(explanation));
            return ExitCode.Success;
        }
        foreach (var line in ExplanationText.Render(explanation))
            Terminal.Output.WriteLine(Paint(line, Terminal.Output));
        return ExitCode.Success;
    }

    private static string Target(string url, ExplainRequest request)
    {
        var target = new StringBuilder("/explain?url=").Append(Uri.EscapeDataString(url)).Append("&method=").Append(Uri.EscapeDataString(request.Method));
        foreach (var header in request.Headers)
            target.Append("&header=").Append(Uri.EscapeDataString($"{header.Name}:{header.Value}"));
        if (request.Gateway is not null)
            target.Append("&gateway=").Append(Uri.EscapeDataString(request.Gateway));
        return target.ToString();
    }

    private static Explanation Parse(string json)
    {
        try
        {
            return ExplanationJson.Deserialize(json);
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"what answers there is no Sluice admin endpoint of this version: {error.Message}");
        }
    }

    private static HeaderValue Header(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new HeaderValue(text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    private static string Paint(ExplanationLine line, Terminal terminal) => line.Kind switch
    {
        ExplanationLineKind.Heading => terminal.Paint(line.Text, Style.Bold),
        ExplanationLineKind.Success => terminal.Paint(line.Text, Style.Green),
        ExplanationLineKind.Failure => terminal.Paint(line.Text, Style.Red),
        ExplanationLineKind.Shadowed => terminal.Paint(line.Text, Style.Faint),
        _ => line.Text,
    };
}
