namespace Sluice.Expressions.Templates;

/// <summary>What follows a piece of text.</summary>
internal enum TemplateOpening
{
    EndOfTemplate,

    /// <summary>"{{".</summary>
    Output,

    /// <summary>"{%".</summary>
    Tag,
}
