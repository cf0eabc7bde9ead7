namespace AutoFlow.Workflows.Jq;

/// <summary>Terms and their postfixes.</summary>
internal sealed partial class JqParser
{
    private Ast ParsePostfix()
    {
        var term = ParseTerm();
        for (var chain = 0; ; chain++)
        {
            var token = Current;
            if (chain > MaxNesting)
                throw TooDeep(token.Offset);
            if (token.Kind == JqTokenKind.Field)
            {
                position++;
                term = new IndexAst(token.Offset, term, new LiteralAst(token.Offset, JqValue.From(token.Text)));
            }
            else if (token.Is("."))
            {
                position++;
                if (Current.Kind is JqTokenKind.StringStart or JqTokenKind.Format)
                    term = new IndexAst(token.Offset, term, ParseString());
                else if (Current.Is("["))
                    term = ParseBracket(term);
                else
                    throw Unexpected("a field name, a string or '['");
            }
            else if (token.Is("["))
                term = ParseBracket(term);
            else if (token.Is("?"))
            {
                position++;
                term = new TryAst(token.Offset, term, null);
            }
            else if (token.Is("?//"))
            {
                // Outside patterns this is "?" followed by "//".
                tokens[position] = new JqToken(JqTokenKind.Symbol, "//", token.Offset + 1);
                term = new TryAst(token.Offset, term, null);
            }
            else
                return term;
        }
    }

    private Ast ParseBracket(Ast term)
    {
        var offset = Current.Offset;
        Expect("[");
        if (Accept("]"))
            return new IterateAst(offset, term);
        if (Accept(":"))
        {
            var end = ParsePipe();
            Expect("]");
            return new SliceAst(offset, term, null, end);
        }

        var key = ParsePipe();
        if (!Accept(":"))
        {
            Expect("]");
            return new IndexAst(offset, term, key);
        }

        var to = Current.Is("]") ? null : ParsePipe();
        Expect("]");
        return new SliceAst(offset, term, key, to);
    }

    private Ast ParseTerm()
    {
        var token = Current;
        switch (token.Kind)
        {
            case JqTokenKind.Number:
                position++;
                return new LiteralAst(token.Offset, JqNumber.Parse(token.Text));
            case JqTokenKind.StringStart or JqTokenKind.Format:
                return ParseString();
            case JqTokenKind.Field:
                position++;
                return new IndexAst(
                    token.Offset, new IdentityAst(token.Offset), new LiteralAst(token.Offset, JqValue.From(token.Text)));
            case JqTokenKind.Variable:
                position++;
                return new VariableAst(token.Offset, token.Text);
            case JqTokenKind.Word:
                return ParseWord(token);
            case JqTokenKind.Symbol:
                return ParseSymbol(token);
            default:
                throw Unexpected("an expression");
        }
    }

    private Ast ParseSymbol(JqToken token)
    {
        switch (token.Text)
        {
            case ".":
                position++;
                if (Current.Kind is JqTokenKind.StringStart or JqTokenKind.Format)
                    return new IndexAst(token.Offset, new IdentityAst(token.Offset), ParseString());
                return new IdentityAst(token.Offset);
            case "..":
                position++;
                return new CallAst(token.Offset, "recurse", []);
            case "(":
                position++;
                var inner = ParsePipe();
                Expect(")");
                return inner;
            case "[":
                position++;
                if (Accept("]"))
                    return new LiteralAst(token.Offset, JqValue.EmptyArray);
                var body = ParsePipe();
                Expect("]");
                return new ArrayAst(token.Offset, body);
            case "{":
                return ParseObject();
            default:
                throw Unexpected("an expression");
        }
    }

    private Ast ParseWord(JqToken token)
    {
        switch (token.Text)
        {
            case "if":
                return ParseIf();
            case "try":
                return ParseTry();
            case "reduce" or "foreach":
                return ParseFold(token);
            case "break":
                position++;
                return new BreakAst(token.Offset, ExpectVariable());
            case "null" or "true" or "false" when !tokens[position + 1].Is("("):
                position++;
                return new LiteralAst(token.Offset, JqValue.Parse(token.Text));
        }

        if (Keywords.Contains(token.Text))
            throw Unexpected("an expression");
        position++;
        var arguments = new List<Ast>();
        if (Accept("("))
        {
            do
                arguments.Add(ParsePipe());
            while (Accept(";"));
            Expect(")");
        }

        return new CallAst(token.Offset, token.Text, arguments);
    }

    private IfAst ParseIf()
    {
        var offset = Current.Offset;
        var branches = new List<(Ast, Ast)>();
        position++;
        do
        {
            var condition = ParsePipe();
            Expect("then");
            branches.Add((condition, ParsePipe()));
        }
        while (Accept("elif"));
        var otherwise = Accept("else") ? ParsePipe() : null;
        if (!Accept("end"))
            throw Unexpected("'end' (the 'if' is not closed)");
        return new IfAst(offset, branches, otherwise);
    }

    private Ast ParseFold(JqToken keyword)
    {
        position++;
        Enter();
        var source = ParseBinary(1);
        nesting--;
        Expect("as");
        var patterns = ParsePatterns();
        Expect("(");
        var init = ParsePipe();
        Expect(";");
        var update = ParsePipe();
        var extract = keyword.Text == "foreach" && Accept(";") ? ParsePipe() : null;
        Expect(")");
        return keyword.Text == "reduce"
            ? new ReduceAst(keyword.Offset, source, patterns, init, update)
            : new ForeachAst(keyword.Offset, source, patterns, init, update, extract);
    }

    private Ast ParseString()
    {
        var start = Current;
        string? format = null;
        if (start.Kind == JqTokenKind.Format)
        {
            position++;
            if (Current.Kind != JqTokenKind.StringStart)
                return new FormatAst(start.Offset, start.Text);
            format = start.Text;
        }

        position++;
        var parts = new List<Ast>();
        while (Current.Kind != JqTokenKind.StringEnd)
        {
            var part = tokens[position++];
            if (part.Kind == JqTokenKind.StringText)
            {
                parts.Add(new LiteralAst(part.Offset, JqValue.From(part.Text)));
                continue;
            }

            parts.Add(new StringAst(part.Offset, format, [ParsePipe()]));
            if (Current.Kind != JqTokenKind.InterpolationEnd)
                throw Unexpected("')'");
            position++;
        }

        position++;
        return parts switch
        {
            [] => new LiteralAst(start.Offset, JqValue.From("")),
            [LiteralAst only] => only,
            _ => new StringAst(start.Offset, format, parts),
        };
    }
}
