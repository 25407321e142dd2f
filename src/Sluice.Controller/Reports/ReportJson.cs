using System.Text.Json.Serialization;
using Sluice.Configuration;
using Sluice.Controller.Admin;

namespace Sluice.Controller.Reports;

/// <summary>JSON of everything that the admin endpoint and <c>--output json</c> show: camel case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AdminError))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(TopReport))]
[JsonSerializable(typeof(IReadOnlyList<DiagnosticReport>))]
[JsonSerializable(typeof(IReadOnlyList<ProxyConfiguration>))]
public sealed partial class ReportJson : JsonSerializerContext;
