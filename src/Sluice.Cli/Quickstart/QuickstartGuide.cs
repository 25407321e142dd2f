namespace Sluice.Cli.Quickstart;

/// <summary>Commands to paste into a shell, each with what it answers.</summary>
internal static class QuickstartGuide
{
    public static IEnumerable<(string Title, string Command, string Answer)> Lines(int port)
    {
        var url = $"http://127.0.0.1:{port}";
        const string Shop = "-H 'Host: shop.example.com'";
        const string Pod = "| grep '\"pod\"'";
        yield return ("A response that the proxy gives itself (DirectResponse)", $"curl {Shop} {url}/healthz", "healthy");
        yield return ("Everything else of the shop goes to the storefront", $"curl -s {Shop} {url}/ {Pod}", "  \"pod\": \"storefront\"");
        yield return ("The longer path wins; the backend sees it without /cart (URLRewrite)", $"curl -s {Shop} {url}/cart/7 | grep -E '\"(path|pod)\"'", "  \"path\": \"/7\",\n  \"pod\": \"cart\"");
        yield return ("A header match is more specific still", $"curl -s {Shop} -H 'X-Preview: yes' {url}/cart/7 {Pod}", "  \"pod\": \"cart-preview\"");
        yield return ("A redirect (RequestRedirect)", $"curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}\\n' {Shop} {url}/basket/7", $"301 http://shop.example.com:8080/cart/7");
        yield return ("No route, no fallback: 404", $"curl -s -o /dev/null -w '%{{http_code}}\\n' -H 'Host: other.example.com' {url}/", "404");
    }
}
