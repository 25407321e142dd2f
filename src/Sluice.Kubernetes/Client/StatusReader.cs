using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Sluice.Kubernetes.Client;

/// <summary>metav1.Status: how API servers say what went wrong.</summary>
internal static class StatusReader
{
    private const int MaxMessageLength = 4096;
    private const int MaxCauses = 64;

    /// <param name="operation">What was asked.</param>
    /// <param name="body">A Status, or whatever came instead.</param>
    /// <param name="httpStatus">0 when there was none.</param>
    /// <param name="retryAfter">From the head of the answer.</param>
    public static ApiException Read(string operation, ReadOnlySpan<byte> body, int httpStatus, TimeSpan? retryAfter)
    {
        var reason = "";
        var message = "";
        var code = httpStatus;
        var causes = new List<StatusCause>();
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Text(root, "kind") == "Status")
            {
                reason = Text(root, "reason");
                message = Text(root, "message");
                if (httpStatus == 0 && root.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value))
                    code = value;
                if (root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object)
                    retryAfter = ReadDetails(details, causes) ?? retryAfter;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No Status, or none in UTF-8: the HTTP status alone has to do.
        }

        if (message.Length > MaxMessageLength)
            message = message[..MaxMessageLength] + "…";
        return new ApiException(code, reason, $"{operation}: {Describe(code, reason, message)}", causes, retryAfter);
    }

    private static string Describe(int code, string reason, string message)
    {
        var status = code.ToString(CultureInfo.InvariantCulture);
        var name = reason.Length > 0 ? reason : Enum.IsDefined((HttpStatusCode)code) ? ((HttpStatusCode)code).ToString() : "";
        if (name.Length > 0)
            status += " " + name;
        return message.Length == 0 ? $"the server answered {status}" : $"{message} ({status})";
    }

    private static TimeSpan? ReadDetails(JsonElement details, List<StatusCause> causes)
    {
        if (details.TryGetProperty("causes", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var cause in list.EnumerateArray().Where(cause => cause.ValueKind == JsonValueKind.Object).Take(MaxCauses))
                causes.Add(new StatusCause(Text(cause, "field"), Text(cause, "reason"), Text(cause, "message")));
        }

        return details.TryGetProperty("retryAfterSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var value) && value > 0
            ? TimeSpan.FromSeconds(value)
            : null;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
