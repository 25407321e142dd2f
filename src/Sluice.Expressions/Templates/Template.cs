using System.Buffers;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>A compiled template of the Jinja subset. Immutable, may be rendered on any thread; rendering never throws.</summary>
public sealed class Template
{
    private readonly TemplateNode _root;
    private readonly TemplateParser _parsed;
    private readonly TemplateLimits _limits;

    private Template(string source, TemplateNode root, TemplateParser parsed, TemplateLimits limits)
    {
        Source = source;
        _root = root;
        _parsed = parsed;
        _limits = limits;
    }

    public string Source { get; }

    /// <summary>Whether rendering may ask for the body as a string.</summary>
    public bool UsesBody => _parsed.UsesBody;

    /// <summary>Whether rendering may ask for the body as JSON: by context() or by a variable that the template does not set.</summary>
    public bool UsesJson => _parsed.UsesJson;

    /// <summary>The functions that it calls, for those who ask what a template depends on.</summary>
    public IReadOnlyCollection<string> Functions => _parsed.Functions;

    /// <returns>Null when the template is wrong; then there is an error.</returns>
    public static Template? TryCompile(string source, TemplateSettings settings, out ExpressionError? error)
    {
        error = null;
        try
        {
            var parser = new TemplateParser(source, settings);
            return new Template(source, parser.Parse(), parser, settings.Limits);
        }
        catch (SyntaxException exception)
        {
            error = ExpressionError.At(source, exception.Position, exception.Message);
            return null;
        }
    }

    /// <summary>Writes UTF-8. False with an error when it cannot be rendered: what was written until then is to be discarded.</summary>
    public bool TryRender(ITemplateContext context, IBufferWriter<byte> output, out CelError? error)
    {
        var cost = CelFrame.Rent(NoVariables.Instance, _limits.MaxCost);
        var frame = new TemplateFrame(context, output, _limits, cost, _parsed.Slots, _parsed.LoopDepth);
        var isRendered = _root.Render(frame);
        if (isRendered && cost.IsExhausted)
            isRendered = frame.Fail(1, CelErrors.Exhausted.Error!.Message);
        cost.Return();
        error = isRendered ? null : new CelError(frame.Error!);
        return isRendered;
    }
}
