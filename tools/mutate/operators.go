package main

import (
	"go/ast"
	"go/token"
)

// swaps are the operators that replace an operator; for comparisons first the changed
// boundary, then the negation.
func swaps(op token.Token) []token.Token {
	return map[token.Token][]token.Token{
		token.LSS: {token.LEQ, token.GEQ},
		token.LEQ: {token.LSS, token.GTR},
		token.GTR: {token.GEQ, token.LEQ},
		token.GEQ: {token.GTR, token.LSS},
		token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
		token.LAND: {token.LOR}, token.LOR: {token.LAND},
		token.ADD: {token.SUB}, token.SUB: {token.ADD},
		token.MUL: {token.QUO}, token.REM: {token.QUO}, token.QUO: {token.MUL},
		token.SHL: {token.SHR}, token.SHR: {token.SHL},
		token.AND: {token.OR}, token.OR: {token.AND}, token.XOR: {token.AND}, token.AND_NOT: {token.AND},
		token.INC: {token.DEC}, token.DEC: {token.INC},
		token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN},
		token.MUL_ASSIGN: {token.QUO_ASSIGN}, token.QUO_ASSIGN: {token.MUL_ASSIGN},
		token.OR_ASSIGN: {token.AND_ASSIGN}, token.AND_NOT_ASSIGN: {token.AND_ASSIGN}, token.XOR_ASSIGN: {token.AND_ASSIGN},
		token.AND_ASSIGN: {token.OR_ASSIGN},
	}[op]
}

// operator lists the swaps of an operator at pos.
func (f *finder) operator(pos token.Pos, op token.Token) {
	for _, other := range swaps(op) {
		f.replace(pos, pos+token.Pos(len(op.String())), other.String())
	}
}

// visit lists the mutants of one syntax node.
func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		f.operator(n.OpPos, n.Op)
		if n.Op == token.LAND || n.Op == token.LOR {
			f.condition(n.X)
			f.condition(n.Y)
		}
	case *ast.UnaryExpr:
		switch n.Op {
		case token.NOT:
			f.replace(n.OpPos, n.OpPos+1, "!!")
		case token.SUB:
			f.replace(n.OpPos, n.OpPos+1, "+")
		}
	case *ast.IncDecStmt:
		f.operator(n.TokPos, n.Tok)
	case *ast.AssignStmt:
		f.operator(n.TokPos, n.Tok)
	case *ast.Ident:
		f.literal(n)
	case *ast.IfStmt:
		f.condition(n.Cond)
	case *ast.ForStmt:
		f.condition(n.Cond)
	case *ast.SwitchStmt:
		f.cases(n)
	case *ast.FuncLit:
		f.results(n.Type, n.Body)
	case *ast.BlockStmt:
		f.removals(n.List)
	case *ast.CaseClause:
		f.removals(n.Body)
	case *ast.CommClause:
		f.removals(n.Body)
	}
	return true
}

func (f *finder) literal(n *ast.Ident) {
	switch n.Name {
	case "true":
		f.replace(n.Pos(), n.End(), "false")
	case "false":
		f.replace(n.Pos(), n.End(), "true")
	}
}

// condition lists the negation of a condition. It skips a condition that is the result
// of an operator: that is changed at the operator.
func (f *finder) condition(e ast.Expr) {
	switch e.(type) {
	case *ast.Ident, *ast.CallExpr, *ast.SelectorExpr, *ast.IndexExpr:
		f.replace(e.Pos(), e.Pos(), "!")
	}
}

func (f *finder) cases(n *ast.SwitchStmt) {
	if n.Tag != nil {
		return
	}
	for _, clause := range n.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			f.condition(e)
		}
	}
}

// results lists the negations of the bool results of a function.
func (f *finder) results(t *ast.FuncType, body *ast.BlockStmt) {
	if t.Results == nil || body == nil {
		return
	}
	var isBool []bool
	for _, field := range t.Results.List {
		name, _ := field.Type.(*ast.Ident)
		for range max(1, len(field.Names)) {
			isBool = append(isBool, name != nil && name.Name == "bool")
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for i, e := range n.Results {
				if id, ok := e.(*ast.Ident); len(n.Results) == len(isBool) && isBool[i] && !(ok && (id.Name == "true" || id.Name == "false")) {
					f.condition(e)
				}
			}
		}
		return true
	})
}

// removals lists the removal of each statement that can be removed.
func (f *finder) removals(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.BranchStmt:
			f.replace(s.Pos(), s.End(), "")
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				f.replace(s.Pos(), s.End(), "")
			}
		case *ast.ReturnStmt:
			if len(s.Results) == 0 {
				f.replace(s.Pos(), s.End(), "")
			}
		}
	}
}
